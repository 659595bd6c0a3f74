import type { Clock } from '../clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass and runs what falls due, in order, awaiting each. */
  advance(ms: number): Promise<void>;
  /** Timers that wait. */
  readonly pending: () => number;
}

/** Time that only passes when a test says so. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  const timers = new Set<{ readonly due: number; readonly run: () => unknown }>();
  const earliest = () => [...timers].toSorted((left, right) => left.due - right.due)[0];
  return {
    now: () => now,
    after: (delayMs, run) => {
      const timer = { due: now + delayMs, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (ms) => {
      const end = now + ms;
      for (let timer = earliest(); timer !== undefined && timer.due <= end; timer = earliest()) {
        timers.delete(timer);
        now = timer.due;
        await timer.run();
      }
      now = end;
    },
    pending: () => timers.size,
  };
}
