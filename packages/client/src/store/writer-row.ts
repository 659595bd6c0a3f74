import {
  bytesToUuid,
  earliestStamp,
  randomBytesToUuid,
  uuidToBytes,
  type DeviceId,
  type Stamp,
} from '@dataans/core';
import type { SqlDatabase, SqlRow } from '../platform/sql-database.ts';
import { createFactRows } from './fact-rows.ts';
import type { Writer } from './local-log.ts';
import { readBytes, readNumber } from './row-values.ts';

/** This device's id, number and clock. */
export interface WriterRow {
  read(): Writer;
  /**
   * A device that was never seen, with no operations: for a new store, and for one that was copied. The one
   * before it is remembered if it has ever written. // STO-7
   */
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
  const facts = createFactRows(database);
  const update = database.prepare('UPDATE writer SET n = ?, at = ?, c = ?');
  const read = (row: SqlRow): Writer => ({
    device: bytesToUuid<DeviceId>(readBytes(row, 'device')),
    n: readNumber(row, 'n'),
    last: { at: readNumber(row, 'at'), c: readNumber(row, 'c') },
  });
  return {
    read: () => read(select.get() ?? {}),
    startFresh: (last = earliestStamp) => {
      const row = select.get();
      const former = row === undefined ? null : read(row);
      if (former !== null && former.n > 0) facts.write('former-device', former.device);
      replace.run(uuidToBytes(randomBytesToUuid<DeviceId>(randomBytes(16))), last.at, last.c);
    },
    advance: (n, last) => {
      update.run(n, last.at, last.c);
    },
  };
}
