import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { readListed } from '../lookup/read-listed.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteToRow } from '../output/note-row.ts';
import { printListing } from '../output/print.ts';

export interface ListNotesOptions {
  readonly space?: string;
  readonly limit?: number;
}

export async function listNotes(context: Context, options: ListNotesOptions): Promise<ExitCode> {
  const home = await context.home();
  const space = options.space === undefined ? {} : { space: (await findSpace(home, options.space)).id };
  const limit = options.limit === undefined ? {} : { limit: options.limit };
  const nameSpace = await readSpaceNames(home);
  return printListing(context, {
    items: readListed(home, await home.notes.list({ ...space, ...limit }), context),
    json: ({ note }) => noteToJson(note, nameSpace),
    row: ({ note, shortId }) => noteToRow(note, shortId),
    empty: 'No notes yet. Add one with: dataans note add "…"',
  });
}
