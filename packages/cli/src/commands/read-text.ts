import { join } from 'node:path';
import { limits } from '@dataans/core';
import type { Context } from '../context.ts';
import type { InputLimit } from '../terminal/read-input.ts';

const noteInput: InputLimit = {
  bytesMax: limits.operationBytesMax,
  taker: 'A note',
  advice: 'Attach it as a file: dataans note add --file PATH.',
};

/** What is to be done with a text, and how a person does it later if it cannot be done now. */
export interface TextUse<Result> {
  readonly record: (text: string) => Promise<Result>;
  /** As typed, to be followed by `< FILE`. */
  readonly resume: string;
}

/** Records a new text: as given, piped in (`-` or nothing), else written in the person's editor. */
export async function recordText<Result>(
  context: Context,
  given: string | undefined,
  use: TextUse<Result>,
): Promise<Result> {
  if (given !== undefined && given !== '-') return use.record(given);
  if (given === '-' || !context.terminal.hasKeyboard) return use.record(await readPipedText(context));
  return recordEdited(context, '', use);
}

export function readPipedText({ terminal }: Context): Promise<string> {
  return terminal.readInput(noteInput);
}

/** Ctrl-C belongs to the editor while it runs. */
export async function recordEdited<Result>(
  context: Context,
  text: string,
  use: TextUse<Result>,
): Promise<Result> {
  const { makeFolder } = await import('@dataans/client/node');
  const { createDraft, listLeftDrafts } = await import('../terminal/draft.ts');
  const { editText } = await import('../terminal/edit-text.ts');
  const folder = join(await context.directory(), 'drafts');
  for (const path of listLeftDrafts(folder))
    context.terminal.hint(`A text you wrote earlier was never saved as a note. It is kept in ${path}`);
  makeFolder(folder);
  const draft = await createDraft(folder, text);
  const { environment } = context;
  return context.withoutInterrupt(() => editText({ draft, environment, ...use }));
}
