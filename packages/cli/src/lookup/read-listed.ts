import type { Home, NoteRow } from '@dataans/client';
import type { EntityId } from '@dataans/core';

/** A note of a list, with the beginning of its id, or with the whole id for programs. */
export interface ListedNote {
  readonly note: NoteRow;
  readonly shortId: string;
}

const rowsAtOnce = 500;

/** Rows of these notes, read some at a time, so that a long list is never in memory as a whole. */
export async function* readListed(
  { notes, ids }: Pick<Home, 'notes' | 'ids'>,
  listed: readonly EntityId[],
  form: { readonly json: boolean },
): AsyncGenerator<ListedNote> {
  const shortIds = form.json ? listed : await ids.shorten('note', listed);
  const shortIdById = new Map(listed.map((id, index) => [id, shortIds[index] ?? id]));
  for (let start = 0; start < listed.length; start += rowsAtOnce) {
    const rows = await notes.rows(listed.slice(start, start + rowsAtOnce));
    for (const note of rows) yield { note, shortId: shortIdById.get(note.id) ?? note.id };
  }
}
