/**
 * Looks for what other processes do to a home, until the signal aborts.
 *
 * @param look called again and again; what it throws ends it
 */
export type FollowOthers = (look: () => void, signal: AbortSignal) => Promise<void>;
