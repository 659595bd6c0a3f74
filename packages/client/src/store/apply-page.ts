import { equalBytes, observeStamps, type AnyOperation } from '@dataans/core';
import type { Cursor, PageOutcome, ReceivedOperation } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import { createLogTime } from './log-time.ts';
import type { NewQuarantined } from './quarantine-rows.ts';
import { createRunRecorder, type RunRecorder } from './run-recorder.ts';
import { beginRevisionBatch, type RevisionBatch } from './revision-batch.ts';
import { latestNow } from './server-clock.ts';

/** Within a transaction; see `LocalLog.applyPage`. // STO-3 */
export function applyReceivedPage(
  tables: LogTables,
  operations: readonly ReceivedOperation[],
  cursor: Cursor,
  { nowMs, isLast }: { readonly nowMs: number; readonly isLast: boolean },
): PageOutcome {
  requireRising(operations, cursor);
  tables.followed.follow(operations.length, cursor);
  const byMs = latestNow(tables.facts, nowMs);
  const logTime = createLogTime(tables, byMs);
  const page: Page = {
    tables,
    batch: beginRevisionBatch(tables, { byMs, logTime }),
    runs: createRunRecorder(tables.followed.recordRun),
    mayBeQuarantined: !tables.quarantine.isEmpty(),
    stored: [],
    unusable: [],
  };
  for (const received of operations) receive(page, received);
  page.runs.end();
  logTime.end(isLast);
  const quarantined = tables.quarantine.add(page.unusable, nowMs);
  return { quarantined, ...settleReceived(tables, page.batch, page.stored, nowMs) };
}

/** The state that follows from operations of elsewhere, files to fetch and the clock. Comes last. */
export function settleReceived(
  tables: LogTables,
  batch: RevisionBatch,
  stored: readonly AnyOperation[],
  nowMs: number,
): Omit<PageOutcome, 'quarantined'> {
  const changed = batch.settle();
  for (const { kind, entity } of changed) if (kind === 'file') tables.incompleteFiles.add(entity);
  observe(tables, stored, nowMs);
  return {
    received: stored.length,
    changes: stored.filter(({ entity }) => entity !== 'device').length,
    merged: changed.filter(({ isMerged }) => isMerged).length,
    changed: changed.map(({ kind, id }) => ({ kind, id })),
  };
}

interface Page {
  readonly tables: LogTables;
  readonly batch: RevisionBatch;
  readonly runs: RunRecorder;
  readonly mayBeQuarantined: boolean;
  /** Operations that were new. */
  readonly stored: AnyOperation[];
  readonly unusable: NewQuarantined[];
}

function receive(page: Page, received: ReceivedOperation): void {
  const { seq, id, envelope, opened } = received;
  if (!opened.ok || envelope === null) {
    receiveKnownOrUnusable(page, received);
    return;
  }
  const { operation, encoded } = opened;
  const place = page.batch.add({ id, operation, encoded, envelope });
  if (place === null) {
    receiveKnownOrUnusable(page, received);
    return;
  }
  page.stored.push(operation);
  page.runs.record(seq, place);
  if (page.mayBeQuarantined) page.tables.quarantine.release(id, envelope);
}

function receiveKnownOrUnusable(page: Page, received: ReceivedOperation): void {
  const { tables, runs, unusable } = page;
  const { seq, id, opened } = received;
  const known = tables.revisions.find(id);
  const content = contentOf(received);
  if (known !== null && isSame(tables, known.envelope, content)) {
    const wasWaiting = tables.outbox.remove(known.place, known.place) > 0;
    if (wasWaiting || !isEntry(page, known.place)) runs.record(seq, known.place);
    else unusable.push({ id, seq, reason: 'repeated', content });
    return;
  }
  const reason = known === null && !opened.ok ? opened.code : 'other-bytes';
  unusable.push({ id, seq, reason: reason === 'pruned' ? 'withheld' : reason, content }); // SYN-21
}

function contentOf({ envelope, prunedHash }: ReceivedOperation): NewQuarantined['content'] {
  if (envelope !== null) return { envelope };
  if (prunedHash === undefined) throw new TypeError('A pruned entry has come without its hash.');
  return { hash: prunedHash };
}

function isSame({ quarantine }: LogTables, held: Uint8Array, content: NewQuarantined['content']): boolean {
  return 'envelope' in content
    ? equalBytes(held, content.envelope)
    : equalBytes(quarantine.hash(held), content.hash);
}

/** Also of this page. */
function isEntry({ tables, runs }: Page, place: number): boolean {
  runs.end();
  return tables.followed.hasPlace(place);
}

/** The clock moves on, and a device id that another store uses as well is given up. */
function observe({ writer }: LogTables, stored: readonly AnyOperation[], nowMs: number): void {
  if (stored.length === 0) return;
  const { device, n, last } = writer.read();
  const observed = observeStamps(last, stored, nowMs); // CLK-3
  if (stored.some((operation) => operation.device === device))
    writer.startFresh(observed); // STO-7
  else if (observed !== last) writer.advance(n, observed);
}

function requireRising(operations: readonly ReceivedOperation[], cursor: Cursor): void {
  const first = cursor.seq - operations.length + 1;
  if (operations.some(({ seq }, index) => seq !== first + index))
    throw new TypeError('The entries of a page must be numbered without a gap up to the cursor.');
}
