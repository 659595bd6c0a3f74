import { sha256 } from '../../hash.ts';
import type { LogStore } from '../../log/log-store.ts';
import { openSqliteLog } from '../sqlite/sqlite-log.ts';

/** A log in a backup, to be read. */
export function openCopiedLog(path: string): LogStore {
  return openSqliteLog({
    path,
    hash: sha256,
    newLogId: () => {
      throw new TypeError('A copy of a log has its id already.');
    },
    policy: 'only the newest',
  });
}
