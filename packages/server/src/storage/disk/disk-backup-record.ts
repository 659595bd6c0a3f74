import { backupRecordShape, type KeptBackupRecord } from '../../backups/backup-record.ts';
import { createJsonFile } from './json-file.ts';

/** The record in a file. One that is damaged says nothing: the next backup writes it again. */
export function createDiskBackupRecord(path: string): KeptBackupRecord {
  return createJsonFile(path, backupRecordShape);
}
