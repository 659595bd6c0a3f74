import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import type { ReceivedOperation } from '../store/local-log.ts';
import type { Removals } from '../store/past.ts';
import type { Store } from '../store/store.ts';

/** Other devices have deleted more of the notes here than a person should fail to notice. */
export interface MassDeletion {
  /** Milliseconds since 1970 UTC when it was noticed. */
  readonly at: number;
  /** Notes that lived here and are deleted now. */
  readonly deleted: number;
  /** Of so many. */
  readonly notes: number;
  /** The last millisecond before the first of these deletions, by the clock that stamped it. */
  readonly before: number;
}

const deletedMin = 20;
const shareMin = 0.1;
/** A watching device receives a large deletion in pieces: syncs this close together count as one. // GRD-1 */
const togetherMs = 10 * 60_000;

/** What deletions are counted from. */
const countingShape = v.object({
  /** Operations that were here before the first sync of it. */
  since: v.number(),
  /** Operations that were here before the latest one: what came since then may be deleted as well. */
  latestSince: v.optional(v.number()),
  /** When the first one began to delete, in milliseconds since 1970 UTC. */
  at: v.number(),
  /** The last sync of it has come to its end. */
  ended: v.boolean(),
});
type Counting = v.InferOutput<typeof countingShape>;

const keptShape = v.object({
  at: v.number(),
  deleted: v.number(),
  notes: v.number(),
  before: v.number(),
  /** Operations that were here before. */
  since: v.number(),
});

/** What nobody has acknowledged yet. // GRD-2 */
export function readMassDeletion(facts: Pick<Facts, 'read'>): MassDeletion | null {
  const kept = readKept(facts);
  if (kept === null) return null;
  const { at, deleted, notes, before } = kept;
  return { at, deleted, notes, before };
}

/** Somebody has seen it: it is told no more. */
export function acknowledgeMassDeletion({ facts, log }: Pick<Store, 'facts' | 'log'>): void {
  const counting = readCounting(facts);
  const since = log.operationCount();
  if (counting !== null) writeCounting(facts, { ...counting, since, latestSince: since });
  facts.write('mass-deletion', '');
}

/**
 * Before a page is stored: where it deletes notes, what was here when the sync began is what it is measured by, also
 * when this sync is cut off and another one goes on. // GRD-3
 */
export function noteDeletions(
  facts: Facts,
  page: readonly ReceivedOperation[],
  operationsBefore: number,
  nowMs: number,
): void {
  const deletes = page.some(
    ({ opened }) => opened.ok && opened.operation.entity === 'note' && opened.operation.deleted,
  );
  if (!deletes) return;
  const last = readCounting(facts);
  if (last?.ended === false) return;
  const first =
    last !== null && nowMs - last.at <= togetherMs ? last : { since: operationsBefore, at: nowMs };
  writeCounting(facts, { ...first, latestSince: operationsBefore, ended: false });
}

/**
 * After a sync, however it ended: what has become too much. // GRD-1
 *
 * @param hasEnded `false` where another one will go on with it // GRD-3
 */
export function judgeDeletions(
  { facts, past }: Pick<Store, 'facts' | 'past'>,
  nowMs: number,
  hasEnded: boolean,
): MassDeletion | null {
  const counting = readCounting(facts);
  if (counting === null || counting.ended) return null;
  const { since, latestSince = since } = counting;
  const counts = [...new Set([since, latestSince])].map((start) => countFrom(past, start));
  const much = counts.filter(isMassDeletion);
  if (much.length > 0) keep(facts, past, much, nowMs);
  if (hasEnded) writeCounting(facts, { ...counting, ended: true });
  return much.length > 0 ? readMassDeletion(facts) : null;
}

interface Count extends Removals {
  /** Operations that were here at its start. */
  readonly since: number;
  /** Notes that lived then. */
  readonly notes: number;
}

function countFrom(past: Store['past'], since: number): Count {
  const removals = past.removals(since);
  return { since, ...removals, notes: removals.removed + past.countLeft(since) };
}

function isMassDeletion({ removed, notes }: Count): boolean {
  return removed >= deletedMin && removed > notes * shareMin;
}

/**
 * With what was told before and is not acknowledged: one command then brings back all of it. The largest of the counts
 * is told, and the first start of them stays.
 */
function keep(facts: Facts, past: Store['past'], much: readonly Count[], nowMs: number): void {
  const told = readKept(facts);
  const counts = told === null ? much : [countFrom(past, told.since), ...much];
  const { removed, notes } = counts.reduce((most, count) => (count.removed > most.removed ? count : most));
  const firstAt = Math.min(...counts.map((count) => count.firstAt ?? Infinity));
  if (firstAt === Infinity) throw new TypeError('A deletion without a stamp cannot have been counted.');
  const since = Math.min(...counts.map((count) => count.since));
  const kept = { at: nowMs, deleted: removed, notes, before: firstAt - 1, since };
  facts.write('mass-deletion', JSON.stringify(kept));
}

function readKept(facts: Pick<Facts, 'read'>): v.InferOutput<typeof keptShape> | null {
  return readJsonFact(facts, 'mass-deletion', keptShape);
}

function readCounting(facts: Pick<Facts, 'read'>): Counting | null {
  return readJsonFact(facts, 'deletions-since', countingShape);
}

function writeCounting(facts: Facts, counting: Counting): void {
  facts.write('deletions-since', JSON.stringify(counting));
}
