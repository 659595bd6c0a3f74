/** One sync at a time for a store, across processes or tabs. Released when its holder dies. */
export interface SyncLock {
  /**
   * Runs the work while holding the lock; waits for it at most `waitMs`, or until the
   * signal aborts: then it rejects with its reason.
   *
   * @throws DataansError `busy` when it was not free in time.
   */
  hold<Result>(waitMs: number, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}
