import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';

export async function removeNote(context: Context, id: string): Promise<ExitCode> {
  const home = await context.home();
  const note = await findNote(home, id);
  await home.notes.remove([note.id]);
  const [shortId = note.id] = await home.ids.shorten('note', [note.id], { deleted: true });
  context.terminal.hint(`To undo: ${context.call} note restore ${shortId}`);
  return print(context, {
    json: () => ({ id: note.id, deleted: true }),
    text: () => `Deleted “${noteTitle(note)}”.`,
  });
}
