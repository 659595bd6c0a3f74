import type { Entity } from '@dataans/client';
import type { EntityId, NoteValue } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findNote } from '../lookup/find-note.ts';
import { noteToJson } from '../output/note-json.ts';
import { noteTitle } from '../output/note-title.ts';
import { printResult } from '../output/print.ts';
import { attachFiles } from './attach-files.ts';
import { editInEditor, readText } from './read-text.ts';

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
  const note = findNote(home.store, id);
  const notebook = await home.notebook();
  const text = await newText(context, note, given, options);
  const record = (added: readonly EntityId[]): Promise<boolean> => {
    const value: NoteValue = { ...note.value, text, files: [...note.value.files, ...added] };
    if (text === note.value.text && added.length === 0) return Promise.resolve(false);
    // On top of what the person saw, not of what has arrived since: that is merged, never overwritten.
    const change = { entity: 'note', id: note.id, parents: note.heads, deleted: false, value } as const;
    return notebook.record(() => [change]).then(({ operations }) => operations.length > 0);
  };
  const changed =
    options.file.length === 0
      ? await record([])
      : await attachFiles(context, home, options.file, (files) => record(files));
  const current = home.store.entities.read('note', note.id) ?? note;
  await printResult(context, {
    json: () => ({ ...noteToJson(current, home.store.entities), changed }),
    text: () => (changed ? `Changed “${noteTitle(current)}”.` : 'Nothing differs: the note stays as it was.'),
  });
  return exitCodes.done;
}

async function newText(
  context: Context,
  { value }: Entity<'note'>,
  given: string | undefined,
  options: EditNoteOptions,
): Promise<string> {
  if (given !== undefined) return readText(context, given);
  if (options.file.length > 0) return value.text;
  return context.terminal.hasKeyboard
    ? editInEditor(context, value.text, value.name)
    : readText(context, given);
}
