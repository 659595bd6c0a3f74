import type { Home, SpaceName } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { printableLine } from '../output/printable.ts';
import { quoteArgument } from '../output/quote-argument.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError for a name that nobody could see. */
export function checkSpaceName(name: string): void {
  if (name.trim() === '')
    throw new UsageError('A space needs a name.', 'For example: dataans space add Inbox');
}

/**
 * Two spaces of one name can come from two devices, and are hard to tell apart: none is made on purpose.
 *
 * @param renamed the space that is to get the name
 * @throws DataansError `invalid`
 */
export async function requireFreeName(
  { spaces }: Pick<Home, 'spaces'>,
  name: string,
  renamed: SpaceName | null = null,
): Promise<void> {
  const isTaken = (await spaces.names()).some(
    (space) =>
      space.visible && space.id !== renamed?.id && space.name.normalize('NFC') === name.normalize('NFC'),
  );
  if (isTaken)
    throw new DataansError('invalid', `There's already a space called “${printableLine(name)}”.`, {
      advice: `To see its notes: dataans note list --space ${quoteArgument(name)}`,
    });
}
