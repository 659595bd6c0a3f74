import type { SqlDatabase } from '../platform/sql-database.ts';
import { createArrivalRows } from './arrival-rows.ts';
import { createAttachmentRows } from './attachment-rows.ts';
import { createCallRows, type CallRows } from './call-rows.ts';
import { createDeviceRows } from './device-rows.ts';
import { createDraftRows, type DraftRows } from './draft-rows.ts';
import { createEntityStateRows } from './entity-state-rows.ts';
import { createFactRows } from './fact-rows.ts';
import type { Facts } from './facts.ts';
import { createFollowedLog, type FollowedLog } from './followed-log.ts';
import { createFormerSpaces } from './former-spaces.ts';
import { createIncompleteFileRows, type IncompleteFileRows } from './incomplete-file-rows.ts';
import { createOutboxRows, type OutboxRows } from './outbox-rows.ts';
import { createParentRows } from './parent-rows.ts';
import { createQuarantineRows, type QuarantineRows } from './quarantine-rows.ts';
import type { RevisionTables } from './revision-batch.ts';
import { createRevisionRows } from './revision-rows.ts';
import { createWriterRow, type WriterRow } from './writer-row.ts';

/** Everything that storing operations writes to. */
export interface LogTables extends RevisionTables {
  readonly writer: WriterRow;
  readonly followed: FollowedLog;
  readonly outbox: OutboxRows;
  readonly quarantine: QuarantineRows;
  readonly incompleteFiles: IncompleteFileRows;
  readonly facts: Facts;
  readonly calls: CallRows;
  readonly drafts: DraftRows;
}

export function createLogTables(
  database: SqlDatabase,
  randomBytes: (length: number) => Uint8Array,
): LogTables {
  return {
    revisions: createRevisionRows(database),
    parents: createParentRows(database),
    states: createEntityStateRows(database),
    attachments: createAttachmentRows(database),
    formerSpaces: createFormerSpaces(database),
    devices: createDeviceRows(database),
    arrivals: createArrivalRows(database),
    facts: createFactRows(database),
    calls: createCallRows(database),
    drafts: createDraftRows(database),
    writer: createWriterRow(database, randomBytes),
    followed: createFollowedLog(database),
    outbox: createOutboxRows(database),
    quarantine: createQuarantineRows(database),
    incompleteFiles: createIncompleteFileRows(database),
  };
}
