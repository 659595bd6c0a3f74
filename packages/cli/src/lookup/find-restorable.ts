import type { FoundEntity, Home } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { noteTitle } from '../output/note-title.ts';
import { describeCandidates } from './candidates.ts';
import { isIdPrefix } from './find-note.ts';

/**
 * The note, space or file with this id, or the only one whose id begins like this, deleted or not.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export async function findRestorable({ ids }: Pick<Home, 'ids'>, id: string): Promise<FoundEntity> {
  const found = isIdPrefix(id) ? await ids.find(id, { deleted: true }) : [];
  return requireOne(found, id, () => ({
    message: `There's nothing with the id “${id}”.`,
    advice: 'To find ids: dataans note list, dataans space list, dataans trash list',
  }));
}

/**
 * The note in the trash with this id, or the only one there whose id begins like this; else the living one.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export async function findTrashedNote({ ids }: Pick<Home, 'ids'>, id: string): Promise<FoundNote> {
  const known = isIdPrefix(id) ? await ids.find(id, { kinds: ['note'], deleted: true }) : [];
  const found = known.filter((one) => one.kind === 'note');
  const trashed = found.filter(({ deleted }) => deleted);
  return requireOne(trashed.length > 0 ? trashed : found, id, () => ({
    message: `There's no note with the id “${id}” in the trash.`,
    advice: 'List the trash with: dataans trash list',
  }));
}

type FoundNote = Extract<FoundEntity, { readonly kind: 'note' }>;

/** What a person knows it by. */
export function titleOf(found: FoundEntity): string {
  return found.kind === 'note' ? noteTitle(found.note) : found.name;
}

function requireOne<Found extends FoundEntity>(
  found: readonly Found[],
  id: string,
  explainNone: () => { readonly message: string; readonly advice: string },
): Found {
  const [only] = found;
  if (only === undefined) {
    const { message, advice } = explainNone();
    throw new DataansError('not-found', message, { advice });
  }
  if (found.length === 1) return only;
  throw new DataansError('ambiguous', `“${id}” matches ${found.length} ids.`, {
    advice: describeCandidates(found.map((one) => ({ id: one.id, label: `${one.kind}: ${titleOf(one)}` }))),
  });
}
