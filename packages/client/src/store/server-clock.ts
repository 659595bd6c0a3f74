import * as v from 'valibot';
import { timeTextToMs } from '../platform/time-text.ts';
import type { Facts } from './facts.ts';
import { readJsonFact } from './json-fact.ts';

const serverClockShape = v.object({
  /** The server's clock less this device's, in milliseconds. */
  offsetMs: v.number(),
  /** The server's clock then, in milliseconds since 1970 UTC. */
  serverMs: v.number(),
  /** Another device's clock agrees with the later one of the two. */
  othersAgreeWithLater: v.boolean(),
});
/** How the clocks of this device and of the server differed when this was noted last. */
export type ServerClock = v.InferOutput<typeof serverClockShape>;

/** `null` while they never differed by much. */
export function readServerClock(facts: Pick<Facts, 'read'>): ServerClock | null {
  return readJsonFact(facts, 'server-clock', serverClockShape);
}

export function writeServerClock(facts: Facts, clock: ServerClock): void {
  facts.write('server-clock', JSON.stringify(clock), 'soon');
}

/** A time that has come for sure: the clock here, or what the server's said at the last sync. // HIS-14 */
export function latestNow(facts: Pick<Facts, 'read'>, nowMs: number): number {
  // While the clocks never differed, the time of the last sync by this device's clock is the server's too.
  const serverMs = readServerClock(facts)?.serverMs ?? timeTextToMs(facts.read('last-sync') ?? '') ?? 0;
  return Math.max(nowMs, serverMs);
}
