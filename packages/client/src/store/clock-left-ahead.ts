import { isClockLeftAhead } from '@dataans/core';
import * as v from 'valibot';
import type { Facts } from './facts.ts';
import { readJsonFact } from './json-fact.ts';
import type { LogTables } from './log-tables.ts';
import { latestNow } from './server-clock.ts';

const clockLeftAheadShape = v.object({
  /** Milliseconds since 1970 UTC. */
  at: v.number(),
  /** How far ahead the last reading was, in milliseconds. */
  aheadMs: v.number(),
});
/** A clock of this device that was ahead, and was started anew. */
export type ClockLeftAhead = v.InferOutput<typeof clockLeftAheadShape>;

/** What nobody has acknowledged yet; `null` where the clock was never ahead. // CLK-6 */
export function readClockLeftAhead(facts: Pick<Facts, 'read'>): ClockLeftAhead | null {
  return readJsonFact(facts, 'clock-left-ahead', clockLeftAheadShape);
}

export function acknowledgeClockLeftAhead(facts: Facts): void {
  facts.write('clock-left-ahead', '');
}

/** Within a transaction; see `LocalLog.leaveClockAhead`. // CLK-6 */
export function leaveClockAhead({ writer, arrivals, followed, facts }: LogTables, nowMs: number): void {
  const { n, last } = writer.read();
  const latestMs = latestNow(facts, nowMs);
  if (!isClockLeftAhead(last, latestMs)) return;
  arrivals.addAhead(latestMs);
  followed.moveLatest(Math.min(followed.latest(), latestMs));
  writer.startFresh();
  const told: ClockLeftAhead = { at: nowMs, aheadMs: last.at - latestMs };
  if (n > 0) facts.write('clock-left-ahead', JSON.stringify(told));
}
