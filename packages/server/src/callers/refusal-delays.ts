import { createRecent } from './recent.ts';

export interface RefusalDelays {
  /** Counts one more refusal of an address: the milliseconds that its answer has to wait. // AUTH-22 */
  next(address: string, now: number): number;
}

/** Somebody who mistypes, or a few devices whose session has expired, do not notice. */
const undelayedMax = 10;
const forgottenAfterMs = 60_000;
const firstDelayMs = 100;
/** A device waits much longer for an answer. */
export const longestDelayMs = 5_000;
const addressesMax = 1_000;

export function createRefusalDelays(): RefusalDelays {
  const refusalsByAddress = createRecent<{ readonly count: number; readonly last: number }>(addressesMax);
  return {
    next: (address, now) => {
      const known = refusalsByAddress.get(address);
      const isFresh = known !== undefined && now - known.last < forgottenAfterMs;
      const count = isFresh ? known.count + 1 : 1;
      refusalsByAddress.set(address, { count, last: now });
      const over = count - undelayedMax;
      return over <= 0 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (over - 1));
    },
  };
}
