import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printListing } from '../output/print.ts';
import { shortenId } from '../output/short-id.ts';
import { formatCount } from '../output/sizes.ts';
import { spaceToJson } from '../output/space-json.ts';

export async function listSpaces(context: Context): Promise<ExitCode> {
  const { entities } = (await context.home()).store;
  return printListing(context, {
    items: entities.spaces(),
    json: spaceToJson,
    row: ({ space, notes }) => [
      shortenId(entities, 'space', space.id),
      space.value.name,
      formatCount(notes, 'note'),
    ],
    empty: 'No spaces yet. Create one with: dataans space add Inbox',
  });
}
