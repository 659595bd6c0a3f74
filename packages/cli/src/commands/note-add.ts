import type { NoteValue } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findOnlySpace } from '../lookup/only-space.ts';
import { findSpace } from '../lookup/find-space.ts';
import { noteToJson } from '../output/note-json.ts';
import { print } from '../output/print.ts';
import { printableLine } from '../output/printable.ts';
import { attachFiles } from './attach-files.ts';
import { readText } from './read-text.ts';

export interface AddNoteOptions {
  readonly space?: string;
  readonly file: readonly string[];
}

export async function addNote(
  context: Context,
  given: string | undefined,
  options: AddNoteOptions,
): Promise<ExitCode> {
  const home = await context.home();
  const space =
    options.space === undefined ? findOnlySpace(home.store) : findSpace(home.store, options.space);
  const notebook = await home.notebook();
  const text = options.file.length > 0 && given === undefined ? '' : await readText(context, given);
  if (text === '' && given !== '' && options.file.length === 0) {
    context.terminal.say('The note would be empty: none was added.');
    return exitCodes.failed;
  }
  const fields: Partial<NoteValue> & Pick<NoteValue, 'space'> = { space: space.id, text };
  const note =
    options.file.length === 0
      ? await notebook.addNote(fields)
      : await attachFiles(context, home, options.file, (files) => notebook.addNote({ ...fields, files }));
  context.terminal.hint(`Added to “${printableLine(space.value.name)}”.`);
  return print(context, { json: () => noteToJson(note, home.store.entities), text: () => note.id });
}
