import type { Home, NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';

const notesAtOnce = 500;

/** Deleted notes, the latest deletion first, read some at a time. */
export async function* readTrash(
  { notes }: Pick<Home, 'notes'>,
  only: { readonly space?: EntityId },
): AsyncGenerator<NoteRow> {
  for (let page = await notes.trash({ ...only, limit: notesAtOnce }); ;) {
    yield* page.rows;
    if (page.before === null) return;
    page = await notes.trash({ ...only, limit: notesAtOnce, before: page.before });
  }
}
