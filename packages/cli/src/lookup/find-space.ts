import type { Entity, SpaceSummary, Store } from '@dataans/client';
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
export function findSpace({ entities }: Pick<Store, 'entities'>, nameOrId: string): Entity<'space'> {
  const found = matchSpaces(entities.spaces(), nameOrId);
  const [summary] = found;
  if (summary === undefined) {
    throw new DataansError('not-found', `No space is called “${printableLine(nameOrId)}”.`, {
      advice: `Make it with: dataans space add ${quoteArgument(nameOrId)}`,
    });
  }
  if (found.length > 1) {
    throw new DataansError('ambiguous', `“${printableLine(nameOrId)}” can mean ${found.length} spaces.`, {
      advice: describeCandidates(found.map(({ space }) => ({ id: space.id, label: space.value.name }))),
    });
  }
  return summary.space;
}

function matchSpaces(spaces: readonly SpaceSummary[], nameOrId: string): readonly SpaceSummary[] {
  const name = nameOrId.normalize('NFC');
  const digits = nameOrId.toLowerCase().replaceAll('-', '');
  const ways: readonly ((summary: SpaceSummary) => boolean)[] = [
    ({ space }) => space.value.name.normalize('NFC') === name,
    ({ space }) => space.value.name.normalize('NFC').toLowerCase() === name.toLowerCase(),
    ({ space }) => isIdPrefix(nameOrId) && space.id.replaceAll('-', '').startsWith(digits),
  ];
  return ways.map((isMatch) => spaces.filter(isMatch)).find((found) => found.length > 0) ?? [];
}
