import { clockCounterMax, clockDriftMaxMs } from '../limits.ts';

/** A reading of the hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014). */
export interface Stamp {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Tells apart readings of one millisecond, from 0. */
  readonly c: number;
}

export const earliestStamp: Stamp = { at: 0, c: 0 };

/** The next reading: after `last`, and not before the wall clock. // CLK-1 */
export function nextStamp(last: Stamp, nowMs: number): Stamp {
  if (nowMs > last.at) return { at: nowMs, c: 0 };
  return last.c < clockCounterMax ? { at: last.at, c: last.c + 1 } : { at: last.at + 1, c: 0 }; // CLK-2
}

/** Negative, zero or positive as `left` is before, at or after `right`. */
export function compareStamps(left: Stamp, right: Stamp): number {
  return left.at - right.at || left.c - right.c;
}

/**
 * The clock after seeing stamps from elsewhere: the greatest of them, unless it lies further in the
 * future than clocks may drift. Such a stamp is merged like any other but never moves ours. // CLK-3
 */
export function observeStamps(last: Stamp, seen: readonly Stamp[], nowMs: number): Stamp {
  let latest = last;
  for (const stamp of seen) {
    if (stamp.at <= nowMs + clockDriftMaxMs && compareStamps(stamp, latest) > 0) latest = stamp;
  }
  return latest;
}

/** How far this device's clock is ahead of the server's, where that is more than it may be. // CLK-4 */
export function findClockLead(nowMs: number, serverMs: number): number | null {
  const leadMs = nowMs - serverMs;
  return leadMs > clockDriftMaxMs ? leadMs : null;
}
