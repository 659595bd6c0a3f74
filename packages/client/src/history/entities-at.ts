import type { EntityId } from '@dataans/core';
import type { ExportedEntities } from '../export/exported-entities.ts';
import type { Entities, Entity } from '../store/entities.ts';
import type { Past } from '../store/past.ts';
import { createReadAt } from './read-at.ts';

/**
 * Everything as it was at a time. What it has counted once it does not count again: make a new one to see what has
 * been received since. // HIS-9
 *
 * @param atMs milliseconds since 1970 UTC
 */
export function createEntitiesAt(
  entities: Pick<Entities, 'read' | 'revisions' | 'inOneMoment'>,
  past: Pick<Past, 'changedAfter' | 'arrivedAfter' | 'heldBy'>,
  atMs: number,
): ExportedEntities {
  let tally: NotesTally | null = null;
  const read = createReadAt({ entities, past }, atMs);

  function* living<Kind extends 'note' | 'file'>(kind: Kind): Iterable<Entity<Kind>> {
    for (const id of past.changedAfter(kind, -1)) {
      const entity = read(kind, id);
      if (entity !== null && !entity.deleted) yield entity;
    }
  }
  const tallyNotes = (): NotesTally => (tally ??= countNotes(living('note')));

  /** Also a deleted one, while notes live in it. // MRG-7 */
  const spaces: ExportedEntities['spaces'] = () =>
    past.changedAfter('space', -1).flatMap((id) => {
      const space = read('space', id);
      const notes = tallyNotes().notesBySpace.get(id) ?? 0;
      return space === null || (space.deleted && notes === 0) ? [] : [{ space, notes }];
    });

  function* files(): Iterable<Entity<'file'>> {
    const { held } = tallyNotes();
    for (const file of living('file')) if (held.has(file.id)) yield file;
  }

  return {
    read,
    spaces,
    notes: () => living('note'),
    files,
    inOneMoment: entities.inOneMoment,
    count: () => ({
      spaces: spaces().length,
      notes: tallyNotes().notes,
      files: Iterator.from(files()).reduce((count) => count + 1, 0),
    }),
  };
}

interface NotesTally {
  readonly notes: number;
  readonly notesBySpace: ReadonlyMap<EntityId, number>;
  /** Files that notes hold. */
  readonly held: ReadonlySet<EntityId>;
}

function countNotes(living: Iterable<Entity<'note'>>): NotesTally {
  const notesBySpace = new Map<EntityId, number>();
  const held = new Set<EntityId>();
  let notes = 0;
  for (const { value } of living) {
    notes += 1;
    notesBySpace.set(value.space, (notesBySpace.get(value.space) ?? 0) + 1);
    for (const file of value.files) held.add(file);
  }
  return { notes, notesBySpace, held };
}
