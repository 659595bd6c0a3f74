import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { shortenId } from '../output/short-id.ts';

export async function removeNote(context: Context, id: string): Promise<ExitCode> {
  const home = await context.home();
  const note = findNote(home.store, id);
  const notebook = await home.notebook();
  await notebook.removeNote(note);
  context.terminal.hint(
    `To undo: ${context.call} note restore ${shortenId(home.store.past, 'note', note.id)}`,
  );
  return print(context, {
    json: () => ({ id: note.id, deleted: true }),
    text: () => `Deleted “${noteTitle(note)}”.`,
  });
}
