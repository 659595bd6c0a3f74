import { compareStamps, uuidToBytes, type Stamp } from '@dataans/core';
import type { LocalRevision, Writer } from './local-log.ts';
import type { LogTables } from './log-tables.ts';
import { beginRevisionBatch } from './revision-batch.ts';

/** Within a transaction; see `LocalLog.append`. // STO-2 */
export function appendRevisions(
  tables: LogTables,
  revisions: readonly LocalRevision[],
  expectedN: number,
): boolean {
  const writer = tables.writer.read();
  const [first] = revisions;
  if (first === undefined) return true;
  if (writer.n !== expectedN || first.operation.device !== writer.device) return false;
  if (compareStamps(first.operation, writer.last) <= 0) return false;
  const batch = beginRevisionBatch(tables);
  let last: Stamp = writer.last;
  for (const [index, revision] of revisions.entries()) {
    const { id, operation, encoded, envelope } = revision;
    requireNext(writer, index, last, revision);
    const place = batch.add({ id: uuidToBytes(id), operation, encoded, envelope });
    if (place === null) throw new TypeError(`Operation ${id} was recorded before.`);
    tables.outbox.add(place, operation.entity);
    last = operation;
  }
  batch.settle();
  tables.writer.advance(expectedN + revisions.length, last);
  return true;
}

function requireNext(writer: Writer, index: number, last: Stamp, { operation }: LocalRevision): void {
  const isNext =
    operation.device === writer.device &&
    operation.n === writer.n + 1 + index && // OPR-3
    compareStamps(operation, last) > 0; // CLK-1
  if (!isNext) throw new TypeError(`Operation ${index} of the batch is not the next one of this device.`);
}
