import { DataansError, type EntityId } from '@dataans/core';
import type { Entities, Entity } from '../store/entities.ts';

/** @throws DataansError `not-found` */
export function readKnownNote(entities: Pick<Entities, 'read'>, id: EntityId): Entity<'note'> {
  const note = entities.read('note', id);
  if (note === null) throw notFound('note');
  return note;
}

/**
 * Not deleted, or with notes that live. // MRG-7
 *
 * @throws DataansError `not-found`
 */
export function readVisibleSpace(entities: Pick<Entities, 'read' | 'notes'>, id: EntityId): Entity<'space'> {
  const space = entities.read('space', id);
  if (space === null) throw notFound('space');
  const hasNotes = (): boolean => Iterator.from(entities.notes({ space: id, limit: 1 })).next().done !== true;
  if (space.deleted && !hasNotes()) throw notFound('space');
  return space;
}

export function notFound(kind: 'space' | 'note'): DataansError {
  return new DataansError('not-found', `There is no such ${kind}.`, {
    advice: 'It may have been removed on another device.',
  });
}

export function requireName(kind: 'space' | 'device', name: string): void {
  if (name.trim() === '') throw new DataansError('invalid', `The name of a ${kind} cannot be empty.`);
}

/** What was just recorded. */
export function readBack<Kind extends 'space' | 'note'>(
  entities: Pick<Entities, 'read'>,
  kind: Kind,
  id: EntityId,
): Entity<Kind> {
  const entity = entities.read(kind, id);
  if (entity === null) throw new TypeError(`The ${kind} that was just recorded is not there.`);
  return entity;
}
