import {
  bytesToUuid,
  earliestStamp,
  randomBytesToUuid,
  uuidToBytes,
  type DeviceId,
  type Stamp,
} from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { Writer } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** This device's id, number and clock. */
export interface WriterRow {
  read(): Writer;
  /** A device that was never seen, with no operations: for a new store, and for one that was copied. // STO-7 */
  startFresh(last?: Stamp): void;
  advance(n: number, last: Stamp): void;
}

export function createWriterRow(
  database: SqlDatabase,
  randomBytes: (length: number) => Uint8Array,
): WriterRow {
  const select = database.prepare('SELECT device, n, at, c FROM writer');
  const replace = database.prepare(
    'INSERT OR REPLACE INTO writer (one, device, n, at, c) VALUES (1, ?, 0, ?, ?)',
  );
  const update = database.prepare('UPDATE writer SET n = ?, at = ?, c = ?');
  return {
    read: () => {
      const row = select.get() ?? {};
      return {
        device: bytesToUuid<DeviceId>(readBytes(row, 'device')),
        n: readNumber(row, 'n'),
        last: { at: readNumber(row, 'at'), c: readNumber(row, 'c') },
      };
    },
    startFresh: (last = earliestStamp) => {
      replace.run(uuidToBytes(randomBytesToUuid<DeviceId>(randomBytes(16))), last.at, last.c);
    },
    advance: (n, last) => {
      update.run(n, last.at, last.c);
    },
  };
}
