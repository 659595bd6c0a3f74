import { createReadAt, type Entity, type Store } from '@dataans/client';
import { DataansError, type EntityId } from '@dataans/core';
import { formatLocalSecond } from '../output/dates.ts';
import { printableLine } from '../output/printable.ts';
import { chooseSpace } from './find-space.ts';

type Past = Pick<Store, 'entities' | 'past'>;

/**
 * The deleted space of this name or id; else the living one.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findTrashedSpace({ entities, past }: Past, nameOrId: string): Entity<'space'> {
  const living = entities.spaces().map(({ space }) => space);
  const kept = living.filter((space) => space.deleted); // A note that survived keeps it visible. // MRG-7
  return chooseSpace([[...past.deletedSpaces(), ...kept], living], nameOrId, () =>
    notFound(
      `There's no space called “${printableLine(nameOrId)}” in the trash.`,
      'List the trash with: dataans trash list',
    ),
  );
}

/**
 * The living space of this name or id; else the deleted one.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findAnySpace({ entities, past }: Past, nameOrId: string): Entity<'space'> {
  const living = entities.spaces().map(({ space }) => space);
  return chooseSpace([living, past.deletedSpaces()], nameOrId, () =>
    notFound(
      `There's no space called “${printableLine(nameOrId)}”, and there never was.`,
      'List your spaces with: dataans space list',
    ),
  );
}

/**
 * The space that lived at a time, by its name then or now, or by its id.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findSpaceAt({ entities, past }: Past, nameOrId: string, atMs: number): EntityId {
  const readAt = createReadAt({ entities, past }, atMs);
  const then = past
    .changedAfter('space', -1)
    .flatMap((id) => readAt('space', id) ?? [])
    .filter(({ deleted }) => !deleted);
  const now = then.flatMap(({ id }) => entities.read('space', id) ?? []);
  return chooseSpace([then, now], nameOrId, () =>
    notFound(
      `There was no space called “${printableLine(nameOrId)}” on ${formatLocalSecond(atMs)}.`,
      'To look at that time: dataans export DIR --at TIME',
    ),
  ).id;
}

function notFound(message: string, advice: string): DataansError {
  return new DataansError('not-found', message, { advice });
}
