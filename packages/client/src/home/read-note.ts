import type { EntityId } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import { noteTitle } from '../store/windows/note-title.ts';
import { describeFile } from '../store/windows/read-note-rows.ts';
import type { Note } from './home-notes.ts';

export function readNote(entities: Pick<Entities, 'read' | 'inOneMoment'>, id: EntityId): Note | null {
  return entities.inOneMoment(() => {
    const note = entities.read('note', id);
    if (note === null) return null;
    const { value, heads, createdAt, editedAt, deleted, conflict, backedUp } = note;
    const { space, name, text, pinned, date = null } = value;
    const files = value.files.flatMap((file) => {
      const known = entities.read('file', file);
      return known === null || known.deleted ? [] : [describeFile(known)];
    });
    const title = noteTitle(value);
    return {
      id,
      heads,
      space,
      name,
      title,
      text,
      pinned,
      date,
      createdAt,
      editedAt,
      deleted,
      conflict,
      backedUp,
      files,
      awaitedFiles: value.files.length - files.length,
    };
  });
}
