import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';

export async function pinNote(context: Context, id: string, pinned: boolean): Promise<ExitCode> {
  const home = await context.home();
  const note = await findNote(home, id);
  const { operations } = await home.notes.pin([note.id], pinned);
  const changed = operations.length > 0;
  const state = pinned ? 'pinned' : 'not pinned';
  return print(context, {
    json: () => ({ id: note.id, pinned, changed }),
    text: () => `“${noteTitle(note)}” is ${changed ? 'now' : 'already'} ${state}.`,
  });
}
