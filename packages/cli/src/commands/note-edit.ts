import type { Note } from '@dataans/client';
import type { Context } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { requireSignedIn } from '../lookup/require-signed-in.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteTitle } from '../output/note-title.ts';
import { print } from '../output/print.ts';
import { UsageError } from '../usage-error.ts';
import { readPipedText, recordEdited, recordText } from './read-text.ts';
import { attachPaths } from './attach-paths.ts';

export interface EditNoteOptions {
  readonly file: readonly string[];
}

export async function editNote(
  context: Context,
  id: string,
  given: string | undefined,
  options: EditNoteOptions,
): Promise<ExitCode> {
  const home = await context.home();
  const note = await findNote(home, id);
  await requireSignedIn(home, context);
  const record = async (text: string): Promise<boolean> => {
    const change = text === note.text ? {} : { text };
    // What has arrived while the person wrote is merged with it, never overwritten. // CLI-4
    const { recorded } = await attachPaths(context, options.file, (attach, write) =>
      home.notes.edit(note, { ...change, attach }, write),
    );
    return recorded.operations.length > 0;
  };
  const changed = await recordNewText(context, note, record, { given, ...options });
  const current = (await home.notes.read(note.id)) ?? note;
  const nameSpace = await readSpaceNames(home);
  return print(context, {
    json: () => ({ ...noteToJson(current, nameSpace), changed }),
    text: () => (changed ? `Changed “${noteTitle(current)}”.` : 'No changes.'),
  });
}

/** @returns whether anything differs */
async function recordNewText(
  context: Context,
  { id, text: before }: Note,
  record: (text: string) => Promise<boolean>,
  { given, file }: EditNoteOptions & { readonly given: string | undefined },
): Promise<boolean> {
  const use = { record, resume: `${context.call} note edit ${id} -` };
  if (given !== undefined) return recordText(context, given, use);
  if (file.length > 0) return record(before);
  if (context.terminal.hasKeyboard) return recordEdited(context, before, use);
  const text = await readPipedText(context);
  if (text !== '') return record(text);
  // Nothing at stdin is how programs without a terminal are started: nobody asked for an empty note. // CLI-6
  throw new UsageError(
    "No text was given, so the note wasn't changed.",
    'Pass the new text or pipe it in. To empty the note, pass "".',
  );
}
