import { tabLock } from '../tabs/names.ts';

/** This page is here, and whoever serves it knows when it has gone. */
export interface Presence {
  readonly tab: string;
  /** From when on it can be known. */
  readonly told: Promise<void>;
  end(): void;
}

export function showPresence(locks: LockManager, home: string, tab: string): Presence {
  const told = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  void locks.request(tabLock(home, tab), () => {
    told.resolve();
    return ended.promise;
  });
  return { tab, told: told.promise, end: ended.resolve };
}
