import { clockCounterMax, clockDriftMaxMs, clockLeftAheadMs } from '../limits.ts';

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
  return nowMs > last.at ? { at: nowMs, c: 0 } : stampAfter(last);
}

/** The stamp right after this one. The last of all has none: it stays. // CLK-2 */
export function stampAfter({ at, c }: Stamp): Stamp {
  if (c < clockCounterMax) return { at, c: c + 1 };
  return at < Number.MAX_SAFE_INTEGER ? { at: at + 1, c: 0 } : { at, c };
}

/**
 * What an operation is stamped with: the reading of its device, or the stamp right after its parents' where
 * that is later. The reading itself does not move: one clock that was wrong does not spread. // CLK-5
 *
 * @param latestParent the greatest stamp of its parents that are known
 */
export function stampOnParents(reading: Stamp, latestParent: Stamp | null): Stamp {
  if (latestParent === null || compareStamps(reading, latestParent) > 0) return reading;
  return stampAfter(latestParent);
}

/**
 * A clock that was ahead and is right again would go on ahead: its device starts anew, with a fresh id and a fresh
 * clock. // CLK-6
 */
export function isClockLeftAhead(last: Stamp, nowMs: number): boolean {
  return last.at > nowMs + clockLeftAheadMs;
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

/** How far it is behind, where that is more than it may be. // CLK-4 */
export function findClockLag(nowMs: number, serverMs: number): number | null {
  return findClockLead(serverMs, nowMs);
}
