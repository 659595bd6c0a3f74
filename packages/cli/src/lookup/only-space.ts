import type { Entity, Store } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { UsageError } from '../usage-error.ts';

const namedMax = 5;

/** The space that needs no naming because there is no other. */
export function findOnlySpace({ entities }: Pick<Store, 'entities'>): Entity<'space'> {
  const spaces = entities.spaces();
  const [first] = spaces;
  if (first === undefined) {
    throw new DataansError('not-found', "There's no space yet to put the note in.", {
      advice: 'Create one with: dataans space add Inbox',
    });
  }
  if (spaces.length > 1) {
    const names = spaces
      .slice(0, namedMax)
      .map(({ space }) => quoteArgument(printableLine(space.value.name)));
    throw new UsageError(
      `You have ${spaces.length} spaces. Choose one with --space.`,
      `One of: ${names.join(', ')}${spaces.length > namedMax ? ', …' : ''}`,
    );
  }
  return first.space;
}
