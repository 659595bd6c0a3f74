import type { Clock } from '../platform/clock.ts';

/** The pauses between the attempts of a watch, which somebody may end who knows better. // SYN-24 */
export interface Pauses {
  /** Grows with each call of `end`: what is read before an attempt goes to the pause behind it. */
  ended(): number;
  /**
   * Resolves after `ms`, when aborted, or when the pauses are ended, also if that was since `asOf`: an attempt that fails
   * after somebody asked for another one began too early.
   *
   * @returns whether the pauses were ended
   */
  pause(ms: number, asOf: number, aborted: AbortSignal): Promise<boolean>;
  end(): void;
}

export function createPauses(clock: Pick<Clock, 'sleep'>): Pauses {
  let ended = 0;
  let ending = new AbortController();
  return {
    ended: () => ended,
    pause: async (ms, asOf, aborted) => {
      if (ended === asOf) await clock.sleep(ms, AbortSignal.any([aborted, ending.signal]));
      return ended !== asOf;
    },
    end: () => {
      const former = ending;
      ended += 1;
      ending = new AbortController();
      former.abort();
    },
  };
}
