import { DataansError } from '@dataans/core';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findTrashedNote } from '../lookup/find-restorable.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';

export async function restoreNote(context: Context, id: string): Promise<ExitCode> {
  const home = await context.home();
  const { note } = await findTrashedNote(home, id);
  const report = await home.history.restore({ what: 'notes', ids: [note.id] });
  if (report.tooLarge.length > 0)
    throw new DataansError('too-large', 'The note is too large now for one change.', {
      advice: `Restore one of its revisions. To see them: ${context.call} history ${note.id}`,
    });
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
