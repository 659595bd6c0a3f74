import { readFile } from 'node:fs/promises';
import { bytesToJson } from '@dataans/core';
import * as v from 'valibot';
import type { KeptBackupRecord } from '../../backups/backup-record.ts';
import { nullIfAbsent } from './absent.ts';
import { replaceFile } from './replace-file.ts';

const shape = v.object({ folder: v.string(), made: v.number(), proved: v.nullable(v.number()) });

/** The record in a file. One that is damaged says nothing: the next backup writes it again. */
export function createDiskBackupRecord(path: string): KeptBackupRecord {
  return {
    read: async () => {
      const bytes = await nullIfAbsent(readFile(path));
      const parsed = v.safeParse(shape, bytes === null ? null : bytesToJson(bytes));
      return parsed.success ? parsed.output : null;
    },
    write: (record) => replaceFile(path, `${JSON.stringify(record)}\n`),
  };
}
