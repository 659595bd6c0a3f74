import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteToRow } from '../output/note-row.ts';
import { printListing } from '../output/print.ts';

export interface ListNotesOptions {
  readonly space?: string;
  readonly limit?: number;
}

export async function listNotes(context: Context, options: ListNotesOptions): Promise<ExitCode> {
  const { store } = await context.home();
  const { entities } = store;
  const filter = options.space === undefined ? {} : { space: findSpace(store, options.space).id };
  return printListing(context, {
    items: takeFirst(entities.notes(filter), options.limit ?? Number.POSITIVE_INFINITY),
    json: (note) => noteToJson(note, entities),
    row: (note) => noteToRow(note, entities),
    empty: 'There is no note yet. Write one with: dataans note add "…"',
  });
}

function* takeFirst<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}
