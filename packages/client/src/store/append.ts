import { uuidToBytes } from '@dataans/core';
import type { LocalRevision, Reading, Writer } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import type { RecordedBeside } from './recorded-beside.ts';
import { beginRevisionBatch } from './revision-batch.ts';
import { latestNow } from './server-clock.ts';

/** Within a transaction; see `LocalLog.append`. // STO-2 */
export function appendRevisions(
  tables: LogTables,
  revisions: readonly LocalRevision[],
  seen: Writer,
  reading: Reading,
  { call, draft }: RecordedBeside = {},
): boolean {
  if (revisions.length === 0) return true;
  if (!isSameWriter(tables.writer.read(), seen)) return false;
  const arrival = { byMs: latestNow(tables.facts, reading.nowMs), logTime: null };
  const before = tables.revisions.lastPlace();
  const batch = beginRevisionBatch(tables, arrival);
  for (const [index, revision] of revisions.entries()) {
    const { id, operation, encoded, envelope } = revision;
    requireNext(seen, index, revision);
    const place = batch.add({ id: uuidToBytes(id), operation, encoded, envelope });
    if (place === null) throw new TypeError(`Operation ${id} was recorded before.`);
    tables.outbox.add(place, operation.entity);
  }
  batch.settle();
  if (call !== undefined) tables.calls.add(call, before + 1, revisions.length); // STO-50
  if (draft !== undefined) tables.drafts.remove(draft); // STO-53
  tables.writer.advance(seen.n + revisions.length, reading.last);
  return true;
}

function isSameWriter(writer: Writer, seen: Writer): boolean {
  const isSameClock = writer.last.at === seen.last.at && writer.last.c === seen.last.c;
  return writer.device === seen.device && writer.n === seen.n && isSameClock;
}

function requireNext({ device, n }: Writer, index: number, { operation }: LocalRevision): void {
  if (operation.device !== device || operation.n !== n + 1 + index)
    // OPR-3
    throw new TypeError(`Operation ${index} of the batch is not the next one of this device.`);
}
