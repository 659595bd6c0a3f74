import type { Entity, Store } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { noteTitle } from '../output/note-title.ts';
import { describeCandidates } from './candidates.ts';

/**
 * The living note with this id, or the only one whose id begins like this.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findNote({ entities, past }: Pick<Store, 'entities' | 'past'>, id: string): Entity<'note'> {
  const found = isIdPrefix(id) ? entities.findByPrefix('note', id.toLowerCase()) : [];
  const notes = found.flatMap((one) => entities.read('note', one) ?? []);
  const [note] = notes;
  if (note === undefined) {
    throw new DataansError('not-found', `There's no note with the id “${id}”.`, {
      advice:
        isIdPrefix(id) && past.findByPrefix('note', id.toLowerCase()).length > 0
          ? `It is in the trash. Restore it with: dataans note restore ${id}`
          : 'List your notes with their ids: dataans note list',
    });
  }
  if (notes.length > 1) {
    throw new DataansError('ambiguous', `“${id}” matches ${notes.length} notes.`, {
      advice: describeCandidates(notes.map((one) => ({ id: one.id, label: noteTitle(one) }))),
    });
  }
  return note;
}

/** Hexadecimal digits, with or without the dashes of an id. */
export function isIdPrefix(text: string): boolean {
  return /^[0-9a-f][0-9a-f-]*$/i.test(text);
}
