import { isUuid, type LogId } from '@dataans/core';
import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import type { Store } from '../store/store.ts';

const everyMs = 24 * 60 * 60 * 1_000;

/** When this device last said what it had seen, and what was here then. */
const shape = v.object({
  /** Milliseconds since 1970 UTC. */
  at: v.number(),
  /** Operations that were here and were not about devices. */
  news: v.number(),
  log: v.custom<LogId>(isUuid),
  /** `false` if that was only its first sync. */
  said: v.boolean(),
});

/**
 * A witness is due a day after the last one, if there is something new that is not itself a witness: two devices that
 * are idle fall silent. One that has said something of another log says it anew at once. The first is due a day after the first sync. // WIT-1
 */
export function isWitnessDue({ log, facts }: Pick<Store, 'log' | 'facts'>, nowMs: number): boolean {
  const followed = log.cursor();
  if (followed === null) return false;
  const last = readJsonFact(facts, 'last-witness', shape);
  if (last === null) {
    note({ log, facts }, nowMs, false);
    return false;
  }
  if (last.said && last.log !== followed.log) return true;
  return Math.abs(nowMs - last.at) >= everyMs && log.countNews() > last.news;
}

/** This device has just said it. */
export function noteWitness(store: Pick<Store, 'log' | 'facts'>, nowMs: number): void {
  note(store, nowMs, true);
}

function note({ log, facts }: Pick<Store, 'log' | 'facts'>, nowMs: number, said: boolean): void {
  const followed = log.cursor();
  if (followed === null) return;
  const last: v.InferOutput<typeof shape> = { at: nowMs, news: log.countNews(), log: followed.log, said };
  facts.write('last-witness', JSON.stringify(last), said ? 'at-once' : 'soon');
}

/** What this device said of the log does not hold any more: the next sync says it anew. // WIT-1 */
export function hastenWitness(facts: Facts): void {
  const last = readJsonFact(facts, 'last-witness', shape);
  if (last?.said === true) facts.write('last-witness', JSON.stringify({ ...last, at: 0, news: -1 }));
}
