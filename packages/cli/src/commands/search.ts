import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteToRow } from '../output/note-row.ts';
import { printListing } from '../output/print.ts';
import { formatCount, formatNumber } from '../output/sizes.ts';
import { printableLine } from '../output/printable.ts';
import { UsageError } from '../usage-error.ts';

export interface SearchOptions {
  readonly space?: string;
  readonly limit: number;
}

export async function search(
  context: Context,
  words: readonly string[],
  options: SearchOptions,
): Promise<ExitCode> {
  const query = words.join(' ');
  if (query.trim() === '')
    throw new UsageError('Say what to search for.', 'For example: dataans search tomato soup');
  const { terminal } = context;
  const home = await context.home();
  const space = options.space === undefined ? {} : { space: (await findSpace(home, options.space)).id };
  await home.notes.index({
    onProgress: ({ done, total }) =>
      terminal.progress.show(`Indexing: ${formatNumber(done)} of ${formatCount(total, 'change')}`),
  });
  const { hits } = await home.notes.search({ words: query, ...space, limit: options.limit });
  const shortIds = await home.ids.shorten(
    'note',
    hits.map(({ note }) => note.id),
  );
  const nameSpace = await readSpaceNames(home);
  return printListing(context, {
    items: hits.map((hit, index) => ({ ...hit, shortId: shortIds[index] ?? hit.note.id })),
    json: ({ note, excerpt }) => ({ ...noteToJson(note, nameSpace), excerpt: excerpt.text }),
    row: ({ note, excerpt, shortId }) => [...noteToRow(note, shortId), printableLine(excerpt.text)],
    empty: `No note has “${printableLine(query)}”.`,
  });
}
