import { UsageError } from '../usage-error.ts';

/** @throws UsageError for a name that nobody could see. */
export function checkSpaceName(name: string): void {
  if (name.trim() === '')
    throw new UsageError('A space needs a name.', 'For example: dataans space add Inbox');
}
