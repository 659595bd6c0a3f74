import type { HoldLock } from '../platform/hold-lock.ts';

/**
 * Content that is sealed and that no operation or draft names yet is held by whoever sealed it. Chunks are given up only
 * while nobody holds any: they might be the very ones. // STO-53
 */
export interface Holding {
  /** Seals and records within the work, which holds nothing more itself. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Runs the work once nobody holds anything, however long that takes; who comes while it runs waits for it. */
  giveUp(work: () => Promise<void>, signal?: AbortSignal): Promise<void>;
}

/** @param lock if other programs may hold something of this home, too */
export function createHolding(lock: HoldLock = noLock): Holding {
  const held = new Set<Promise<void>>();
  /** What is given up right now. */
  let giving: Promise<void> = Promise.resolve();
  let lastGiven: Promise<void> = Promise.resolve();

  const giveUpAlone = async (work: () => Promise<void>, signal?: AbortSignal): Promise<void> => {
    for (;;) {
      while (held.size > 0) await Promise.all(held);
      signal?.throwIfAborted();
      const letGo = lock.tryAlone();
      if (letGo !== null) {
        const given = work().finally(letGo);
        giving = settle(given); // Before anybody else has their turn.
        return given;
      }
      await lock.pause(signal);
    }
  };
  return {
    hold: (work) => {
      const run = giving.then(() => lock.share(work));
      const settled = settle(run).then(() => {
        held.delete(settled);
      });
      held.add(settled);
      return run;
    },
    giveUp: (work, signal) => {
      const run = lastGiven.then(() => giveUpAlone(work, signal));
      lastGiven = settle(run);
      return run;
    },
  };
}

const noLock: HoldLock = {
  share: (work) => work(),
  tryAlone: () => () => undefined,
  pause: async () => undefined,
};

async function settle(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
