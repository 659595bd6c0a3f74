import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printListing } from '../output/print.ts';
import { formatCount } from '../output/sizes.ts';
import { spaceToJson } from '../output/space-json.ts';

export async function listSpaces(context: Context): Promise<ExitCode> {
  const { spaces, ids } = await context.home();
  const listed = await spaces.list();
  const shortIds = await ids.shorten(
    'space',
    listed.map(({ id }) => id),
  );
  return printListing(context, {
    items: listed.map((space, index) => ({ space, shortId: shortIds[index] ?? space.id })),
    json: ({ space }) => spaceToJson(space),
    row: ({ space, shortId }) => [shortId, space.name, formatCount(space.notes, 'note')],
    empty: 'No spaces yet. Create one with: dataans space add Inbox',
  });
}
