import type { Home, SpaceName } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { UsageError } from '../usage-error.ts';

const namedMax = 5;

/** The space that needs no naming because there is no other. */
export async function findOnlySpace(home: Pick<Home, 'spaces'>): Promise<SpaceName> {
  const spaces = (await home.spaces.names()).filter(({ visible }) => visible);
  const [first] = spaces;
  if (first === undefined) {
    throw new DataansError('not-found', "There's no space yet to put the note in.", {
      advice: 'Create one with: dataans space add Inbox',
    });
  }
  if (spaces.length > 1) {
    const names = spaces.slice(0, namedMax).map(({ name }) => quoteArgument(printableLine(name)));
    throw new UsageError(
      `You have ${spaces.length} spaces. Choose one with --space.`,
      `One of: ${names.join(', ')}${spaces.length > namedMax ? ', …' : ''}`,
    );
  }
  return first;
}
