import { equalBytes, observeStamps, type AnyOperation } from '@dataans/core';
import type { Cursor, PageOutcome, ReceivedOperation } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import { createRunRecorder, type RunRecorder } from './run-recorder.ts';
import { beginRevisionBatch, type RevisionBatch } from './revision-batch.ts';

/** Within a transaction; see `LocalLog.applyPage`. // STO-3 */
export function applyReceivedPage(
  tables: LogTables,
  operations: readonly ReceivedOperation[],
  cursor: Cursor,
  nowMs: number,
): PageOutcome {
  requireRising(operations, cursor);
  tables.followed.follow(operations.length, cursor);
  const page: Page = {
    tables,
    batch: beginRevisionBatch(tables),
    runs: createRunRecorder(tables.followed.recordRun),
    mayBeQuarantined: !tables.quarantine.isEmpty(),
    nowMs,
    stored: [],
    quarantined: 0,
  };
  for (const received of operations) receive(page, received);
  page.runs.end();
  return { quarantined: page.quarantined, ...settleReceived(tables, page.batch, page.stored, nowMs) };
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
    merged: changed.filter(({ isMerged }) => isMerged).length,
    changed: changed.map(({ kind, id }) => ({ kind, id })),
  };
}

interface Page {
  readonly tables: LogTables;
  readonly batch: RevisionBatch;
  readonly runs: RunRecorder;
  readonly mayBeQuarantined: boolean;
  readonly nowMs: number;
  /** Operations that were new. */
  readonly stored: AnyOperation[];
  quarantined: number;
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

function receiveKnownOrUnusable(page: Page, { seq, id, envelope, opened }: ReceivedOperation): void {
  const { tables, runs, nowMs } = page;
  const known = tables.revisions.find(id);
  if (known !== null && (envelope === null || equalBytes(known.envelope, envelope))) {
    const wasWaiting = tables.outbox.remove(known.place, known.place);
    if (wasWaiting || !isEntry(page, known.place)) runs.record(seq, known.place);
    else if (tables.quarantine.add({ id, seq, reason: 'repeated', envelope: known.envelope, nowMs }))
      page.quarantined += 1;
    return;
  }
  if (envelope === null) return; // Pruned before it was ever here.
  const reason = known === null && !opened.ok ? opened.code : 'other-bytes';
  if (reason === 'pruned') throw new TypeError('An envelope that is here is not pruned.');
  if (tables.quarantine.add({ id, seq, reason, envelope, nowMs })) page.quarantined += 1;
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
