import type { EntityId } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findSpace } from '../lookup/find-space.ts';
import { findOnlySpace } from '../lookup/only-space.ts';
import { requireSignedIn } from '../lookup/require-signed-in.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { noteToJson } from '../output/note-json.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { recordText } from './read-text.ts';
import { attachPaths } from './attach-paths.ts';

export interface AddNoteOptions {
  readonly space?: string;
  readonly file: readonly string[];
}

export async function addNote(
  context: Context,
  given: string | undefined,
  options: AddNoteOptions,
): Promise<ExitCode> {
  const { terminal } = context;
  const home = await context.home();
  const space =
    options.space === undefined ? await findOnlySpace(home) : await findSpace(home, options.space);
  await requireSignedIn(home, context);
  const record = async (text: string): Promise<EntityId | null> => {
    if (text === '' && given !== '' && options.file.length === 0) return null;
    const { id } = await attachPaths(context, options.file, (attach, write) =>
      home.notes.add({ space: space.id, text, attach }, write),
    );
    return id;
  };
  const resume = `${context.call} note add - --space ${space.id}`;
  const isFileOnly = options.file.length > 0 && given === undefined;
  const note = isFileOnly ? await record('') : await recordText(context, given, { record, resume });
  if (note === null) {
    terminal.say("The note is empty, so it wasn't added.");
    return exitCodes.failed;
  }
  terminal.hint(`Added to “${printableLine(space.name)}”.`);
  const added = await home.notes.read(note);
  const nameSpace = await readSpaceNames(home);
  return print(context, {
    json: () => (added === null ? null : noteToJson(added, nameSpace)),
    text: () => note,
  });
}
