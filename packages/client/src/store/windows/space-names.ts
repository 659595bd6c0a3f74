import type { SqlDatabase } from '../../platform/sql-database.ts';
import { compareNames } from '../compare-names.ts';
import { hasLivingNotes, hasState, rowToEntityOf, selectEntityWith } from '../entity-rows.ts';
import { codeByKind } from '../kind-codes.ts';
import { readNumber } from '../row-values.ts';
import type { SpaceName } from './windows.ts';

/** Every space that is known, deleted ones too, by name. */
export function createSpaceNames(database: SqlDatabase): () => readonly SpaceName[] {
  const select = database.prepare(
    selectEntityWith(`(e.deleted = 0 OR ${hasLivingNotes}) AS visible`) +
      ` WHERE e.kind = ${codeByKind.space} AND ${hasState}`,
  );
  return () =>
    select
      .all()
      .map((row) => {
        const { id, value, deleted, editedAt } = rowToEntityOf('space', row);
        return { id, name: value.name, deleted, visible: readNumber(row, 'visible') === 1, editedAt };
      })
      .toSorted(compareNames);
}
