import type { Home, SpaceName } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { describeCandidates } from './candidates.ts';
import { isIdPrefix } from './find-note.ts';

/**
 * The space that has this name, in this case or else in any, or whose id begins like this.
 *
 * @throws DataansError `not-found` or `ambiguous`
 */
export async function findSpace({ spaces }: Pick<Home, 'spaces'>, nameOrId: string): Promise<SpaceName> {
  const names = await spaces.names();
  const visible = names.filter((space) => space.visible);
  return chooseSpace([visible], nameOrId, () => {
    const trashed = names.filter((space) => !space.visible);
    const isInTrash = matchSpaces(trashed, nameOrId).length > 0;
    const name = quoteArgument(nameOrId);
    return new DataansError('not-found', `There's no space called “${printableLine(nameOrId)}”.`, {
      advice: isInTrash
        ? `It is in the trash. Restore it with: dataans space restore ${name}`
        : `List your spaces with: dataans space list. Or create it with: dataans space add ${name}`,
    });
  });
}

/**
 * The one that is meant, in the first of these groups where it can be one.
 *
 * @throws DataansError `ambiguous`, or what `notFound` makes
 */
export function chooseSpace<Space extends Pick<SpaceName, 'id' | 'name'>>(
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
      advice: describeCandidates(found.map(({ id, name }) => ({ id, label: name }))),
    });
  }
  return space;
}

function matchSpaces<Space extends Pick<SpaceName, 'id' | 'name'>>(
  spaces: readonly Space[],
  nameOrId: string,
): readonly Space[] {
  const asked = nameOrId.normalize('NFC');
  const digits = nameOrId.toLowerCase().replaceAll('-', '');
  const ways: readonly ((space: Space) => boolean)[] = [
    ({ name }) => name.normalize('NFC') === asked,
    ({ name }) => name.normalize('NFC').toLowerCase() === asked.toLowerCase(),
    ({ id }) => isIdPrefix(nameOrId) && id.replaceAll('-', '').startsWith(digits),
  ];
  return ways.map((isMatch) => spaces.filter(isMatch)).find((found) => found.length > 0) ?? [];
}
