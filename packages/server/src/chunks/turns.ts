export interface Turns {
  /** Waits for a turn, and gives it to the next in line when the work has ended, however it ends. */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Lets so many at a time do their work; the others wait in the order in which they came. */
export function createTurns(atOnceMax: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    take: async (work) => {
      if (running === atOnceMax) await new Promise<void>((begin) => waiting.push(begin));
      else running += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
