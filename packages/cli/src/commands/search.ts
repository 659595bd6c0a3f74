import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteToRow } from '../output/note-row.ts';
import { printListing } from '../output/print.ts';
import { createIdShortener } from '../output/short-id.ts';
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
  const { store } = await context.home();
  const { entities } = store;
  const space = options.space === undefined ? {} : { space: findSpace(store, options.space).id };
  const shortenId = createIdShortener(entities, 'note');
  return printListing(context, {
    items: entities.search(query, { ...space, limit: options.limit }, ({ done, total }) =>
      terminal.progress.show(`Indexing: ${formatNumber(done)} of ${formatCount(total, 'change')}`),
    ),
    json: ({ note, excerpt }) => ({ ...noteToJson(note, entities), excerpt }),
    row: ({ note, excerpt }) => [...noteToRow(note, shortenId), printableLine(excerpt)],
    empty: `No note has “${printableLine(query)}”.`,
  });
}
