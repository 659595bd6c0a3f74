/** Time, passed in so that a whole world of devices runs deterministically in one process. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts: never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
