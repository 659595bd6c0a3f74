import type { Home, SpaceName } from '@dataans/client';
import { DataansError, type EntityId } from '@dataans/core';
import { formatLocalSecond } from '../output/dates.ts';
import { printableLine } from '../output/printable.ts';
import { chooseSpace } from './find-space.ts';
import { readSpaceNames } from './space-names.ts';

/**
 * The deleted space of this name or id; else the living one.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export async function findTrashedSpace(
  { spaces }: Pick<Home, 'spaces'>,
  nameOrId: string,
): Promise<SpaceName> {
  const names = await spaces.names();
  const deleted = names.filter((space) => space.deleted); // Also one that a surviving note keeps visible. // MRG-7
  return chooseSpace([deleted, names], nameOrId, () =>
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
export async function findAnySpace({ spaces }: Pick<Home, 'spaces'>, nameOrId: string): Promise<SpaceName> {
  const names = await spaces.names();
  const [visible, trashed] = [true, false].map((is) => names.filter((space) => space.visible === is));
  return chooseSpace([visible ?? [], trashed ?? []], nameOrId, () =>
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
export async function findSpaceAt(
  home: Pick<Home, 'history' | 'spaces'>,
  nameOrId: string,
  atMs: number,
): Promise<EntityId> {
  const then = (await home.history.spacesAt(atMs)).filter(({ deleted }) => !deleted);
  const nameSpace = await readSpaceNames(home);
  const now = then.map(({ id, name }) => ({ id, name: nameSpace(id) ?? name }));
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
