import type { Entities, Entity } from '@dataans/client';
import { formatIsoTime } from './dates.ts';
import { noteTitle } from './note-title.ts';

/** A note as a list shows it. */
export function noteToJson(note: Entity<'note'>, entities: Entities) {
  const { id, value, conflict, backedUp, createdAt, editedAt } = note;
  const space = entities.read('space', value.space);
  return {
    id,
    space: { id: value.space, name: space?.value.name ?? null },
    name: value.name,
    title: noteTitle(note),
    pinned: value.pinned,
    date: typeof value.date === 'number' ? formatIsoTime(value.date) : null,
    files: value.files.length,
    conflict,
    backedUp,
    createdAt: formatIsoTime(createdAt),
    editedAt: formatIsoTime(editedAt),
  };
}
