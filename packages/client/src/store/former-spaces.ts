import type { SqlDatabase } from '../platform/sql-database.ts';
import type { OpenEntity } from './open-entities.ts';

/**
 * Spaces that revisions of a note name, besides the one that it is in: with the notes that are in a space now, all that
 * ever were in it. // STO-55
 */
export interface FormerSpaces {
  add(space: number, note: number): void;
}

export function createFormerSpaces(database: SqlDatabase): FormerSpaces {
  const insert = database.prepare(
    'INSERT INTO former_spaces (space, note) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    add: (space, note) => {
      insert.run(space, note);
    },
  };
}

/** A note that was never in another space has no row. */
export function noteSpace(
  formerSpaces: FormerSpaces,
  note: Pick<OpenEntity, 'entity' | 'space'>,
  space: number,
): void {
  if (note.space !== null && note.space !== space) {
    formerSpaces.add(note.space, note.entity);
    formerSpaces.add(space, note.entity);
  }
  note.space = space;
}
