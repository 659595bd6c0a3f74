import type { Entities, Entity, Store } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findAnySpace } from '../lookup/find-past-space.ts';
import { titleOf } from '../lookup/find-restorable.ts';
import { formatIsoTime, formatLocalTime } from '../output/dates.ts';
import { printListing } from '../output/print.ts';
import { createIdShortener } from '../output/short-id.ts';

export interface ListTrashOptions {
  readonly space?: string;
  readonly limit?: number;
}

type Trashed = Entity<'space'> | Entity<'note'>;

export async function listTrash(context: Context, options: ListTrashOptions): Promise<ExitCode> {
  const { store } = await context.home();
  const { entities, past } = store;
  const space = options.space === undefined ? {} : { space: findAnySpace(store, options.space).id };
  const items = Iterator.from(mergeByTime(store, space)).take(options.limit ?? Infinity);
  const shortenById = {
    note: createIdShortener(past, 'note'),
    space: createIdShortener(past, 'space'),
  };
  return printListing(context, {
    items,
    json: (trashed) => trashedToJson(trashed, entities),
    row: (trashed) => [
      shortenById[trashed.kind](trashed.id),
      formatLocalTime(trashed.editedAt),
      trashed.kind,
      titleOf(trashed),
      ...(trashed.kind === 'note'
        ? [`in ${entities.read('space', trashed.value.space)?.value.name ?? '?'}`]
        : []),
    ],
    empty: 'The trash is empty.',
  });
}

/** Spaces and notes together, the latest deletion first; a space before the notes that went with it. */
function* mergeByTime({ past }: Store, filter: { readonly space?: Entity['id'] }): Iterable<Trashed> {
  const spaces = past.deletedSpaces().filter(({ id }) => filter.space === undefined || filter.space === id);
  let next = 0;
  for (const note of past.deletedNotes(filter)) {
    for (
      let space = spaces[next];
      space !== undefined && space.editedAt >= note.editedAt;
      space = spaces[next]
    ) {
      yield space;
      next += 1;
    }
    yield note;
  }
  yield* spaces.slice(next);
}

function trashedToJson(trashed: Trashed, entities: Entities) {
  const { id, kind, editedAt } = trashed;
  const space = trashed.kind === 'note' ? trashed.value.space : null;
  return {
    id,
    kind,
    title: titleOf(trashed),
    space: space === null ? null : { id: space, name: entities.read('space', space)?.value.name ?? null },
    deletedAt: formatIsoTime(editedAt),
  };
}
