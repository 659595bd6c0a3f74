import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findTrashedNote } from '../lookup/find-restorable.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';

export async function restoreNote(context: Context, id: string): Promise<ExitCode> {
  const client = await import('@dataans/client');
  const home = await context.home();
  const { entities, past } = home.store;
  const { note } = await findTrashedNote(home, id);
  const report = await client.restoreNote({ entities, past, notebook: await home.notebook() }, note.id);
  const changed = report.notes.restored > 0;
  const name = (await readSpaceNames(home))(note.space);
  return print(context, {
    json: () => ({
      id: note.id,
      changed,
      space: { id: note.space, name, restored: report.spaces.restored > 0 },
    }),
    text: () => {
      if (!changed) return `“${noteTitle(note)}” is not in the trash.`;
      const where = name === null ? '' : ` in “${printableLine(name)}”`;
      return `Restored “${noteTitle(note)}”${where}${report.spaces.restored > 0 ? ', which was in the trash too' : ''}.`;
    },
  });
}
