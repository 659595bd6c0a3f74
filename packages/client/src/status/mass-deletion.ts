import type { AnyOperation } from '@dataans/core';
import * as v from 'valibot';
import { hasLostText } from '../store/lost-text.ts';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import type { ReceivedOperation } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';

/** Other devices have deleted or emptied more of the notes here than a person should fail to notice. */
export interface MassDeletion {
  /** Milliseconds since 1970 UTC when it was noticed. */
  readonly at: number;
  /** Notes that lived here and are deleted now. */
  readonly deleted: number;
  /** Notes that live, and whose text is all but lost. // GRD-4 */
  readonly overwritten: number;
  /** Of so many. */
  readonly notes: number;
  /** The last millisecond before the first of these changes, by the clock that stamped it. */
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
  overwritten: v.optional(v.number(), 0),
  notes: v.number(),
  before: v.number(),
  /** Operations that were here before. */
  since: v.number(),
});

/** What nobody has acknowledged yet. // GRD-2 */
export function readMassDeletion(facts: Pick<Facts, 'read'>): MassDeletion | null {
  const kept = readKept(facts);
  if (kept === null) return null;
  const { at, deleted, overwritten, notes, before } = kept;
  return { at, deleted, overwritten, notes, before };
}

/** Somebody has seen it: it is told no more. */
export function acknowledgeMassDeletion({ facts, log }: Pick<Store, 'facts' | 'log'>): void {
  const counting = readCounting(facts);
  const since = log.operationCount();
  if (counting !== null) writeCounting(facts, { ...counting, since, latestSince: since });
  facts.write('mass-deletion', '');
}

/**
 * Before a page is stored: if it deletes or empties notes, what was here when the sync began is what it is measured by, also
 * when this sync is cut off and another one goes on. // GRD-3
 */
export function noteDeletions(
  { facts, entities }: Pick<Store, 'facts' | 'entities'>,
  page: readonly ReceivedOperation[],
  operationsBefore: number,
  nowMs: number,
): void {
  if (!page.some(({ opened }) => opened.ok && takesText(entities, opened.operation))) return;
  const last = readCounting(facts);
  if (last?.ended === false) return;
  const first =
    last !== null && nowMs - last.at <= togetherMs ? last : { since: operationsBefore, at: nowMs };
  writeCounting(facts, { ...first, latestSince: operationsBefore, ended: false });
}

function takesText(entities: Store['entities'], operation: AnyOperation): boolean {
  if (operation.entity !== 'note') return false;
  if (operation.deleted) return true;
  if (operation.parents.length === 0) return false;
  const here = entities.read('note', operation.id);
  return here !== null && hasLostText(here.value.text, operation.value.text);
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

interface Count {
  readonly removed: number;
  readonly overwritten: number;
  /** When the first of these changes counts as made; `null` without any. */
  readonly firstAt: number | null;
  /** Operations that were here at its start. */
  readonly since: number;
  /** Notes that lived then. */
  readonly notes: number;
}

function countFrom(past: Store['past'], since: number): Count {
  const { removed, firstAt } = past.removals(since);
  const overwritings = past.overwritings(since, deletedMin - removed);
  const times = [firstAt, overwritings.firstAt].filter((at) => at !== null);
  return {
    since,
    removed,
    overwritten: overwritings.removed,
    firstAt: times.length === 0 ? null : Math.min(...times),
    notes: removed + past.countLeft(since),
  };
}

function isMassDeletion(count: Count): boolean {
  return takenBy(count) >= deletedMin && takenBy(count) > count.notes * shareMin;
}

function takenBy({ removed, overwritten }: Count): number {
  return removed + overwritten;
}

/**
 * With what was told before and is not acknowledged: one command then brings back all of it. The largest of the counts
 * is told, and the first start of them stays.
 */
function keep(facts: Facts, past: Store['past'], much: readonly Count[], nowMs: number): void {
  const told = readKept(facts);
  const counts = told === null ? much : [countFrom(past, told.since), ...much];
  const { removed, overwritten, notes } = counts.reduce((most, count) =>
    takenBy(count) > takenBy(most) ? count : most,
  );
  const firstAt = Math.min(...counts.map((count) => count.firstAt ?? Infinity));
  if (firstAt === Infinity) throw new TypeError('A deletion without a stamp cannot have been counted.');
  const since = Math.min(...counts.map((count) => count.since));
  const kept = { at: nowMs, deleted: removed, overwritten, notes, before: firstAt - 1, since };
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
