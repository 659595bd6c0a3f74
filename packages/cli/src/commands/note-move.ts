import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { findSpace } from '../lookup/find-space.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { UsageError } from '../usage-error.ts';

export async function moveNote(
  context: Context,
  id: string,
  nameOrId: string | undefined,
): Promise<ExitCode> {
  if (nameOrId === undefined) {
    throw new UsageError(
      'Say which space to move the note to.',
      `For example: dataans note move ${id} Inbox`,
    );
  }
  const home = await context.home();
  const note = await findNote(home, id);
  const space = await findSpace(home, nameOrId);
  const { operations } = await home.notes.move([note.id], space.id);
  const changed = operations.length > 0;
  const name = printableLine(space.name);
  return print(context, {
    json: () => ({ id: note.id, space: { id: space.id, name: space.name }, changed }),
    text: () => (changed ? `Moved “${noteTitle(note)}” to “${name}”.` : `It is already in “${name}”.`),
  });
}
