import type { Entity, Store } from '@dataans/client';
import { DataansError, type EntityId } from '@dataans/core';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { describeCandidates } from './candidates.ts';
import { isIdPrefix } from './find-note.ts';

/**
 * The space that has this name, in this case or else in any, or whose id begins like this.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export function findSpace(
  { entities, past }: Pick<Store, 'entities' | 'past'>,
  nameOrId: string,
): Entity<'space'> {
  const spaces = entities.spaces().map(({ space }) => space);
  return chooseSpace([spaces], nameOrId, () => {
    const isInTrash = matchSpaces(past.deletedSpaces(), nameOrId).length > 0;
    const name = quoteArgument(nameOrId);
    return new DataansError('not-found', `There's no space called “${printableLine(nameOrId)}”.`, {
      advice: isInTrash
        ? `It is in the trash. Restore it with: dataans space restore ${name}`
        : `List your spaces with: dataans space list. Or create it with: dataans space add ${name}`,
    });
  });
}

/** A space by what it can be called. */
interface NamedSpace {
  readonly id: EntityId;
  readonly value: { readonly name: string };
}

/**
 * The one that is meant, in the first of these groups where it can be one.
 *
 * @throws DataansError `ambiguous`, or what `notFound` makes
 */
export function chooseSpace<Space extends NamedSpace>(
  groups: readonly (readonly Space[])[],
  nameOrId: string,
  notFound: () => DataansError,
): Space {
  const found =
    groups.map((spaces) => matchSpaces(spaces, nameOrId)).find((matches) => matches.length > 0) ?? [];
  const [space] = found;
  if (space === undefined) throw notFound();
  if (found.length > 1) {
    throw new DataansError('ambiguous', `“${printableLine(nameOrId)}” matches ${found.length} spaces.`, {
      advice: describeCandidates(found.map(({ id, value }) => ({ id, label: value.name }))),
    });
  }
  return space;
}

function matchSpaces<Space extends NamedSpace>(spaces: readonly Space[], nameOrId: string): readonly Space[] {
  const name = nameOrId.normalize('NFC');
  const digits = nameOrId.toLowerCase().replaceAll('-', '');
  const ways: readonly ((space: Space) => boolean)[] = [
    ({ value }) => value.name.normalize('NFC') === name,
    ({ value }) => value.name.normalize('NFC').toLowerCase() === name.toLowerCase(),
    ({ id }) => isIdPrefix(nameOrId) && id.replaceAll('-', '').startsWith(digits),
  ];
  return ways.map((isMatch) => spaces.filter(isMatch)).find((found) => found.length > 0) ?? [];
}
