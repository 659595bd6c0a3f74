import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import type { ReceivedOperation } from '../store/local-log.ts';
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

const shape = v.object({
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
  if (readCountedSince(facts) !== null) facts.write('deletions-since', String(log.operationCount()));
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
): void {
  const deletes = page.some(
    ({ opened }) => opened.ok && opened.operation.entity === 'note' && opened.operation.deleted,
  );
  if (deletes && readCountedSince(facts) === null) facts.write('deletions-since', String(operationsBefore));
}

/**
 * After a sync, however it ended: what has become too much. // GRD-1
 *
 * @param isOver `false` where another one will go on with it // GRD-3
 */
export function judgeDeletions(
  { facts, past }: Pick<Store, 'facts' | 'past'>,
  nowMs: number,
  isOver: boolean,
): MassDeletion | null {
  const since = readCountedSince(facts);
  if (since === null) return null;
  const isMuch = isMassDeletion(past, since);
  if (isMuch) keep(facts, past, Math.min(since, readKept(facts)?.since ?? since), nowMs);
  if (isOver) facts.write('deletions-since', '');
  return isMuch ? readMassDeletion(facts) : null;
}

function isMassDeletion(past: Store['past'], since: number): boolean {
  const { removed } = past.removals(since);
  return removed >= deletedMin && removed > (removed + past.countLeft(since)) * shareMin;
}

/** With what was told before and is not acknowledged: one command then brings back all of it. */
function keep(facts: Facts, past: Store['past'], since: number, nowMs: number): void {
  const { removed, firstAt } = past.removals(since);
  if (firstAt === null) throw new TypeError('A deletion without a stamp cannot have been counted.');
  const notes = removed + past.countLeft(since);
  const kept = { at: nowMs, deleted: removed, notes, before: firstAt - 1, since };
  facts.write('mass-deletion', JSON.stringify(kept));
}

function readCountedSince(facts: Pick<Facts, 'read'>): number | null {
  const text = facts.read('deletions-since') ?? '';
  return text === '' ? null : Number(text);
}

function readKept(facts: Pick<Facts, 'read'>): v.InferOutput<typeof shape> | null {
  const text = facts.read('mass-deletion') ?? '';
  if (text === '') return null;
  const parsed = v.safeParse(shape, JSON.parse(text));
  return parsed.success ? parsed.output : null;
}
