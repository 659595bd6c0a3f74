import { join } from 'node:path';
import { parseAccountRecord, type AccountRecord } from '@dataans/core';
import * as v from 'valibot';
import type { KeptRecord } from '../account/kept-record.ts';
import { readJsonFile } from './json-file.ts';
import { writeFileWhole } from './write-file.ts';

const recordShape = v.custom<AccountRecord>((value) => parseAccountRecord(value) !== null);

/** The kept account record of a home in a file, mode 0600. */
export function createKeptRecord(directory: string): KeptRecord {
  const path = join(directory, 'account.json');
  return {
    read: async () => readJsonFile(path, recordShape),
    write: (record) => writeFileWhole(path, `${JSON.stringify(record)}\n`),
  };
}
