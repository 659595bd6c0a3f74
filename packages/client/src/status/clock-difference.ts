import { findClockLag, findClockLead } from '@dataans/core';
import type { Facts } from '../store/facts.ts';
import { readServerClock } from '../store/server-clock.ts';

/** How far the clocks of this device and of the server are apart. // SYN-13 */
export interface ClockDifference {
  /** How far this device's clock is ahead of the server's, in milliseconds; `null` up to five minutes. */
  readonly clockLeadMs: number | null;
  /** How far it is behind; `null` up to five minutes. */
  readonly clockLagMs: number | null;
  /** Other devices agree with this one: it is the server's clock that is behind. */
  readonly serverClockSuspected: boolean;
}

/** As it was noted last. */
export function readClockDifference(facts: Pick<Facts, 'read'>): ClockDifference {
  const { offsetMs, othersAgreeWithLater } = readServerClock(facts) ?? {
    offsetMs: 0,
    othersAgreeWithLater: false,
  };
  const clockLeadMs = findClockLead(0, offsetMs);
  return {
    clockLeadMs,
    clockLagMs: findClockLag(0, offsetMs),
    serverClockSuspected: clockLeadMs !== null && othersAgreeWithLater,
  };
}
