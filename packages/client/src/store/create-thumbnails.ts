import type { SqlDatabase } from '../platform/sql-database.ts';
import { readBytes, readNumber } from './row-values.ts';
import type { Thumbnails } from './thumbnails.ts';
import type { Transactions } from './transactions.ts';

const keptBytesMax = 32 * 1024 * 1024;
/** To note each look would cost a transaction. */
const usePrecisionMs = 60 * 60 * 1_000;

/** @param transactions that tell nobody: nothing that anybody reads is another one */
export function createThumbnails(
  database: SqlDatabase,
  transactions: Pick<Transactions, 'write'>,
  bytesMax = keptBytesMax,
): Thumbnails {
  const select = database.prepare('SELECT picture, used FROM thumbnails WHERE content = ?');
  const noteUse = database.prepare('UPDATE thumbnails SET used = ? WHERE content = ?');
  const replace = database.prepare(
    'INSERT OR REPLACE INTO thumbnails (content, picture, bytes, used) VALUES (?, ?, ?, ?)',
  );
  const removeBeyond = database.prepare(
    'DELETE FROM thumbnails WHERE content IN (SELECT content FROM' +
      ' (SELECT content, sum(bytes) OVER (ORDER BY used DESC, content) AS kept FROM thumbnails) WHERE kept > ?)',
  );
  return {
    read: (content, nowMs) => {
      const row = select.get(content);
      if (row === undefined) return null;
      if (Math.abs(nowMs - readNumber(row, 'used')) > usePrecisionMs)
        transactions.write(() => noteUse.run(nowMs, content), 'soon');
      return readBytes(row, 'picture');
    },
    write: (content, picture, nowMs) => {
      transactions.write(() => {
        replace.run(content, picture, picture.length, nowMs);
        removeBeyond.run(bytesMax);
      }, 'soon');
    },
  };
}
