import type { Entity, Restorable, Store } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { noteTitle } from '../output/note-title.ts';
import { describeCandidates } from './candidates.ts';
import { isIdPrefix } from './find-note.ts';

/** Something that has a history: it may be deleted. */
export type Found = { readonly [Kind in Restorable['kind']]: Entity<Kind> }[Restorable['kind']];

/**
 * The note, space or file with this id, or the only one whose id begins like this, deleted or not.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findRestorable(store: Pick<Store, 'entities' | 'past'>, id: string): Found {
  const found: readonly Found[] = [
    ...listByPrefix(store, 'note', id),
    ...listByPrefix(store, 'space', id),
    ...listByPrefix(store, 'file', id),
  ];
  const [only] = found;
  if (only === undefined) {
    throw new DataansError('not-found', `There's nothing with the id “${id}”.`, {
      advice: 'To find ids: dataans note list, dataans space list, dataans trash list',
    });
  }
  return requireOne(found, only, id);
}

/**
 * The note in the trash with this id, or the only one there whose id begins like this; else the living one.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findTrashedNote(store: Pick<Store, 'entities' | 'past'>, id: string): Entity<'note'> {
  const found = listByPrefix(store, 'note', id);
  const trashed = found.filter(({ deleted }) => deleted);
  const candidates = trashed.length > 0 ? trashed : found;
  const [only] = candidates;
  if (only === undefined) {
    throw new DataansError('not-found', `There's no note with the id “${id}” in the trash.`, {
      advice: 'List the trash with: dataans trash list',
    });
  }
  return requireOne(candidates, only, id);
}

/** What a person knows it by. */
export function titleOf(found: Found): string {
  return found.kind === 'note' ? noteTitle(found) : found.value.name;
}

function listByPrefix<Kind extends Restorable['kind']>(
  { entities, past }: Pick<Store, 'entities' | 'past'>,
  kind: Kind,
  id: string,
): readonly Entity<Kind>[] {
  if (!isIdPrefix(id)) return [];
  return past.findByPrefix(kind, id).flatMap((one) => entities.read(kind, one) ?? []);
}

function requireOne<Candidate extends Found>(
  found: readonly Candidate[],
  only: Candidate,
  id: string,
): Candidate {
  if (found.length === 1) return only;
  throw new DataansError('ambiguous', `“${id}” matches ${found.length} ids.`, {
    advice: describeCandidates(found.map((one) => ({ id: one.id, label: `${one.kind}: ${titleOf(one)}` }))),
  });
}
