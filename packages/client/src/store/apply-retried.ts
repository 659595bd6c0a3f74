import { equalBytes, type AnyOperation } from '@dataans/core';
import { settleReceived } from './apply-page.ts';
import type { PageOutcome, RetriedOperation } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import { beginRevisionBatch, type RevisionBatch } from './revision-batch.ts';
import { latestNow } from './server-clock.ts';

/** Within a transaction; see `LocalLog.applyRetried`. // STO-21 */
export function applyRetriedOperations(
  tables: LogTables,
  operations: readonly RetriedOperation[],
  nowMs: number,
): PageOutcome {
  const arrival = { byMs: latestNow(tables.facts, nowMs), logTime: null };
  const batch = beginRevisionBatch(tables, arrival);
  const stored: AnyOperation[] = [];
  for (const retried of operations) {
    const operation = retry(tables, batch, retried);
    if (operation !== null) stored.push(operation);
  }
  return { quarantined: 0, ...settleReceived(tables, batch, stored, nowMs) };
}

/** `null` where it stays, or was here already. */
function retry(tables: LogTables, batch: RevisionBatch, retried: RetriedOperation): AnyOperation | null {
  const { quarantine, followed, outbox, revisions } = tables;
  const { entry, id, envelope, opened } = retried;
  const seq = quarantine.seqOf(entry);
  if (seq === null) return null; // Another process was faster.
  if (!opened.ok) {
    if (opened.code !== 'pruned') quarantine.judge(entry, opened.code, envelope);
    return null;
  }
  const { encoded, operation } = opened;
  const place = batch.add({ id, operation, encoded, envelope });
  const known = place === null ? revisions.find(id) : null;
  if (known !== null && !equalBytes(known.envelope, envelope)) {
    quarantine.judge(entry, 'other-bytes', envelope);
    return null;
  }
  quarantine.remove(entry);
  if (place === null) return null;
  if (seq > 0) followed.recordRun(seq, place, 1);
  else outbox.add(place, operation.entity); // It may be that no server has it.
  return operation;
}
