import type { Clock } from '../../platform/clock.ts';

/** How a page makes its own worker lead. */
export interface Turn {
  /** Resolves when it leads; another call meanwhile waits for the same. */
  take(): Promise<void>;
  /** Whoever led has let go of the home. */
  hasLetGo(): void;
  isTaken(): void;
  fail(error: Error): void;
}

/** How long to wait for one who leads to let go, before its turn is taken from it. */
const letGoWaitMs = 3_000;

/** Asks politely first. // BRW-10 */
export function createTurn({
  clock,
  ask,
  steal,
}: {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Asks whoever leads to let go. */
  readonly ask: () => void;
  readonly steal: () => void;
}): Turn {
  let waiting: PromiseWithResolvers<void> | null = null;
  let letGo: PromiseWithResolvers<void> | null = null;
  return {
    take: async () => {
      if (waiting !== null) return waiting.promise;
      waiting = Promise.withResolvers();
      const taken = waiting;
      try {
        letGo = Promise.withResolvers();
        ask();
        await Promise.race([letGo.promise, clock.sleep(letGoWaitMs)]);
        steal();
        await taken.promise;
      } finally {
        waiting = null;
      }
    },
    hasLetGo: () => letGo?.resolve(),
    isTaken: () => waiting?.resolve(),
    fail: (error) => waiting?.reject(error),
  };
}
