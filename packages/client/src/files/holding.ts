/**
 * Content that is sealed and that no operation or draft names yet is held by whoever sealed it. Chunks are given up only
 * while nobody holds any: they might be the very ones. // STO-53
 */
export interface Holding {
  /** Seals and records within the work. */
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Runs the work while nobody holds anything; who comes meanwhile waits. */
  giveUp(work: () => Promise<void>): Promise<void>;
}

export function createHolding(): Holding {
  const held = new Set<Promise<unknown>>();
  let givenUp: Promise<void> = Promise.resolve();
  return {
    hold: async (work) => {
      const before = givenUp;
      const run = before.then(work);
      const settled = run.then(
        () => undefined,
        () => undefined,
      );
      held.add(settled);
      try {
        return await run;
      } finally {
        held.delete(settled);
      }
    },
    giveUp: async (work) => {
      const others = [givenUp, ...held];
      const run = Promise.all(others).then(work);
      givenUp = run.catch(() => undefined);
      await run;
    },
  };
}
