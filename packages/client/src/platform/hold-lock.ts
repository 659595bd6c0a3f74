/** Held by many programs at once, or by one alone. Released when its holder dies. */
export interface HoldLock {
  /** Waits while another program has it alone. */
  share<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes it alone, and gives what lets go of it; `null` while another program has it. */
  tryAlone(): (() => void) | null;
  /** A moment, before it is tried again. */
  pause(signal?: AbortSignal): Promise<void>;
}
