/** Work that is asked for more often than it can be done: requests that come while it waits its turn are one. */
export interface Coalesced {
  request(): void;
  /** Resolves when all that was requested is done; rejects if it failed, and nothing is done after that. */
  end(): Promise<void>;
}

export function coalesce(work: () => Promise<void>): Coalesced {
  let isRequested = false;
  let done = Promise.resolve();
  return {
    request: () => {
      if (isRequested) return;
      isRequested = true;
      done = done.then(() => {
        isRequested = false;
        return work();
      });
      done.catch(() => undefined); // It is thrown where it is awaited.
    },
    end: () => done,
  };
}
