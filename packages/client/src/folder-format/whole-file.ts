import type { EntityId, NoteValue } from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';

/** Whether an imported file of this name becomes a note's text, as far as its name tells. // IMP-2 */
export function isNoteName(name: string): boolean {
  return name.toLowerCase().endsWith('.md');
}

/**
 * The file that a note stands for: one of its files has the note's own name, and no text of the note's
 * claims it. That is what an imported file becomes that is not text. // IMP-3
 */
export function findWholeFile(entities: Pick<Entities, 'read'>, note: NoteValue): Entity<'file'> | null {
  if (note.name === '' || (note.text !== '' && isNoteName(note.name))) return null;
  return findFileNamed(entities, note.files, note.name);
}

/** The first of these files that lives and has the name, in whatever Unicode normalisation. */
export function findFileNamed(
  entities: Pick<Entities, 'read'>,
  files: readonly EntityId[],
  name: string,
): Entity<'file'> | null {
  for (const id of files) {
    const file = entities.read('file', id);
    if (file !== null && !file.deleted && file.value.name.normalize('NFC') === name.normalize('NFC'))
      return file;
  }
  return null;
}
