import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteToRow } from '../output/note-row.ts';
import { printListing } from '../output/print.ts';
import { createIdShortener } from '../output/short-id.ts';

export interface ListNotesOptions {
  readonly space?: string;
  readonly limit?: number;
}

export async function listNotes(context: Context, options: ListNotesOptions): Promise<ExitCode> {
  const { store } = await context.home();
  const { entities } = store;
  const space = options.space === undefined ? {} : { space: findSpace(store, options.space).id };
  const limit = options.limit === undefined ? {} : { limit: options.limit };
  const shortenId = createIdShortener(entities, 'note');
  return printListing(context, {
    items: entities.notes({ ...space, ...limit }),
    json: (note) => noteToJson(note, entities),
    row: (note) => noteToRow(note, shortenId),
    empty: 'No notes yet. Add one with: dataans note add "…"',
  });
}
