import { uuidToBytes } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import { hasState, rowToEntityOf, selectEntity } from './entity-rows.ts';
import type { HeldFiles } from './held-files.ts';
import { codeByKind } from './kind-codes.ts';
import type { Transactions } from './transactions.ts';

export function createHeldFiles(database: SqlDatabase, transactions: Transactions): HeldFiles {
  const selectIncomplete = database.prepare(
    `${selectEntity} WHERE e.entity IN (SELECT entity FROM incomplete_files)` +
      ` AND e.deleted = 0 AND ${hasState} ORDER BY e.created_at, e.id`,
  );
  const remove = database.prepare(
    'DELETE FROM incomplete_files WHERE entity = (SELECT entity FROM entities WHERE id = ? AND kind = ?)',
  );
  return {
    incomplete: () => selectIncomplete.all().map((row) => rowToEntityOf('file', row)),
    markComplete: (file) => {
      transactions.write(() => remove.run(uuidToBytes(file), codeByKind.file));
    },
  };
}
