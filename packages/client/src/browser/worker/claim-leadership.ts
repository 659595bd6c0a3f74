import { leaderLock } from '../tabs/names.ts';

/** The right of one worker to have the home open. // BRW-2 */
export interface Leadership {
  /** Aborts when another one took it: what is open has to be closed at once. */
  readonly stolen: AbortSignal;
  release(): void;
}

/**
 * @param steal takes it from who has it, who may be asleep
 * @param signal gives up waiting
 * @returns `null` if it was given up
 */
export async function claimLeadership(
  locks: LockManager,
  home: string,
  { steal, signal }: { readonly steal: boolean; readonly signal: AbortSignal },
): Promise<Leadership | null> {
  const taken = Promise.withResolvers<Leadership | null>();
  const released = Promise.withResolvers<void>();
  const stolen = new AbortController();
  const hold = (): Promise<void> => {
    taken.resolve({ stolen: stolen.signal, release: released.resolve });
    return released.promise;
  };
  // A lock can't be both stolen and waited for.
  locks.request(leaderLock(home), steal ? { steal } : { signal }, hold).catch(() => {
    stolen.abort();
    taken.resolve(null);
  });
  return taken.promise;
}
