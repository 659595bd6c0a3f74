import * as v from 'valibot';
import type { KeptBackupRecord } from '../../backups/backup-record.ts';
import { createJsonFile } from './json-file.ts';

const shape = v.object({ folder: v.string(), made: v.number(), proved: v.nullable(v.number()) });

/** The record in a file. One that is damaged says nothing: the next backup writes it again. */
export function createDiskBackupRecord(path: string): KeptBackupRecord {
  return createJsonFile(path, shape);
}
