import type { Home, Note } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { noteTitle } from '../output/note-title.ts';
import { describeCandidates } from './candidates.ts';

/**
 * The living note with this id, or the only one whose id begins like this.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export async function findNote({ ids, notes }: Pick<Home, 'ids' | 'notes'>, id: string): Promise<Note> {
  const kinds = ['note'] as const;
  const found = isIdPrefix(id) ? await ids.find(id, { kinds }) : [];
  if (found.length > 1) {
    throw new DataansError('ambiguous', `“${id}” matches ${found.length} notes.`, {
      advice: describeCandidates(
        found.flatMap((one) => (one.kind === 'note' ? { id: one.id, label: noteTitle(one.note) } : [])),
      ),
    });
  }
  const [only] = found;
  const note = only === undefined ? null : await notes.read(only.id);
  if (note !== null) return note;
  const isInTrash = isIdPrefix(id) && (await ids.find(id, { kinds, deleted: true })).length > 0;
  throw new DataansError('not-found', `There's no note with the id “${id}”.`, {
    advice: isInTrash
      ? `It is in the trash. Restore it with: dataans note restore ${id}`
      : 'List your notes with their ids: dataans note list',
  });
}

/** Hexadecimal digits, with or without the dashes of an id. */
export function isIdPrefix(text: string): boolean {
  return /^[0-9a-f][0-9a-f-]*$/i.test(text);
}
