import type { Home, NoteRow, SpaceName } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findAnySpace } from '../lookup/find-past-space.ts';
import { readTrash } from '../lookup/read-trash.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { formatIsoTime, formatLocalTime } from '../output/dates.ts';
import { noteTitle } from '../output/note-title.ts';
import { printListing } from '../output/print.ts';

export interface ListTrashOptions {
  readonly space?: string;
  readonly limit?: number;
}

interface Trashed {
  readonly kind: 'space' | 'note';
  readonly id: EntityId;
  readonly title: string;
  /** Of a note. */
  readonly space: EntityId | null;
  readonly deletedAt: number;
}

export async function listTrash(context: Context, options: ListTrashOptions): Promise<ExitCode> {
  const home = await context.home();
  const only = options.space === undefined ? {} : { space: (await findAnySpace(home, options.space)).id };
  const nameSpace = await readSpaceNames(home);
  const shorten = async ({ kind, id }: Trashed): Promise<string> =>
    (await home.ids.shorten(kind, [id], { deleted: true }))[0] ?? id;
  return printListing(context, {
    items: addShortIds(takeFirst(mergeByTime(home, only), options.limit ?? Infinity), shorten),
    json: ({ id, kind, title, space, deletedAt }) => ({
      id,
      kind,
      title,
      space: space === null ? null : { id: space, name: nameSpace(space) },
      deletedAt: formatIsoTime(deletedAt),
    }),
    row: ({ shortId, kind, title, space, deletedAt }) => [
      shortId,
      formatLocalTime(deletedAt),
      kind,
      title,
      ...(space === null ? [] : [`in ${nameSpace(space) ?? '?'}`]),
    ],
    empty: 'The trash is empty.',
  });
}

/** Spaces and notes together, the latest deletion first; a space before the notes that went with it. */
async function* mergeByTime(
  home: Pick<Home, 'spaces' | 'notes'>,
  only: { readonly space?: EntityId },
): AsyncGenerator<Trashed> {
  const deleted = (await home.spaces.names())
    .filter(({ id, visible }) => !visible && (only.space === undefined || only.space === id))
    .toSorted((left, right) => right.editedAt - left.editedAt)
    .map(spaceToTrashed);
  for await (const deletedNote of readTrash(home, only)) {
    const note = noteToTrashed(deletedNote);
    while (deleted[0] !== undefined && deleted[0].deletedAt >= note.deletedAt) yield* deleted.splice(0, 1);
    yield note;
  }
  yield* deleted;
}

function spaceToTrashed({ id, name, editedAt }: SpaceName): Trashed {
  return { kind: 'space', id, title: name, space: null, deletedAt: editedAt };
}

function noteToTrashed(note: NoteRow): Trashed {
  return {
    kind: 'note',
    id: note.id,
    title: noteTitle(note),
    space: note.space,
    deletedAt: note.editedAt,
  };
}

async function* takeFirst(items: AsyncIterable<Trashed>, count: number): AsyncGenerator<Trashed> {
  let taken = 0;
  if (count === 0) return;
  for await (const item of items) {
    yield item;
    taken += 1;
    if (taken === count) return;
  }
}

async function* addShortIds(
  items: AsyncIterable<Trashed>,
  shorten: (trashed: Trashed) => Promise<string>,
): AsyncGenerator<Trashed & { readonly shortId: string }> {
  for await (const item of items) yield { ...item, shortId: await shorten(item) };
}
