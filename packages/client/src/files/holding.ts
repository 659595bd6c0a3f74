/**
 * Content that is sealed and that no operation or draft names yet is held by whoever sealed it. Chunks are given up only
 * while nobody holds any: they might be the very ones. // STO-53
 */
export interface Holding {
  /** Seals and records within the work, which holds nothing more itself. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Runs the work once nobody holds anything, however long that takes; who comes while it runs waits for it. */
  giveUp(work: () => Promise<void>): Promise<void>;
}

export function createHolding(): Holding {
  const held = new Set<Promise<void>>();
  /** What is given up right now. */
  let giving: Promise<void> = Promise.resolve();
  let lastGiven: Promise<void> = Promise.resolve();

  const whenFree = async (): Promise<void> => {
    while (held.size > 0) await Promise.all(held);
  };
  return {
    hold: (work) => {
      const run = giving.then(work);
      const settled = settle(run).then(() => {
        held.delete(settled);
      });
      held.add(settled);
      return run;
    },
    giveUp: (work) => {
      const run = lastGiven.then(whenFree).then(() => {
        const given = work();
        giving = settle(given);
        return given;
      });
      lastGiven = settle(run);
      return run;
    },
  };
}

async function settle(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
