import { spawn, type ChildProcess } from 'node:child_process';
import { DataansError } from '@dataans/core';
import { childEnvironment } from '@dataans/client/node';
import { quoteArgument } from '../output/quote-argument.ts';
import type { Environment } from '../surroundings.ts';
import type { Draft } from './draft.ts';
import { decodeText } from './read-input.ts';

export interface Editing<Result> {
  readonly draft: Draft;
  readonly environment: Environment;
  /** Records the text. Until it has, the draft is kept. */
  readonly record: (text: string) => Promise<Result>;
  /** What a person types before `< FILE` to record it later. */
  readonly resume: string;
}

/**
 * Lets the person write in their editor (`VISUAL`, else `EDITOR`, else what the system has) and records what they
 * wrote. Whatever goes wrong, a changed text stays in its file, and the error names it. // CLI-11
 *
 * @throws DataansError
 */
export async function editText<Result>(editing: Editing<Result>): Promise<Result> {
  const { draft, environment, record } = editing;
  try {
    await runEditor(findEditor(environment), draft.path, childEnvironment(environment));
    const text = decodeText(await draft.read(), 'What the editor left', 'Save it as UTF-8.');
    const result = await record(text);
    await draft.discard();
    return result;
  } catch (error) {
    if (await draft.isChanged()) throw namingDraft(error, editing);
    await draft.discard();
    throw error;
  }
}

function findEditor(environment: Environment): string {
  const chosen = [environment['VISUAL'], environment['EDITOR']].find((editor) => editor?.trim());
  return chosen ?? (process.platform === 'win32' ? 'notepad' : 'vi');
}

async function runEditor(editor: string, path: string, environment: Environment): Promise<void> {
  const failure = await new Promise<string | null>((resolve) => {
    const child = startEditor(editor, path, environment);
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`);
    });
  });
  if (failure === null) return;
  throw new DataansError('invalid', `The editor “${editor}” failed (${failure}). Nothing was changed.`, {
    advice: 'Set EDITOR to a text editor, or pass the text on the command line.',
  });
}

/** Through the shell, because `EDITOR` may carry arguments: `code --wait`. */
function startEditor(editor: string, path: string, environment: Environment): ChildProcess {
  const env = { ...environment };
  if (process.platform === 'win32')
    return spawn(`${editor} "${path}"`, { shell: true, stdio: 'inherit', env });
  return spawn('/bin/sh', ['-c', `${editor} "$1"`, editor, path], { stdio: 'inherit', env });
}

/** The same failure, saying where the text is and how to go on with it. */
function namingDraft(error: unknown, { draft, resume }: Pick<Editing<unknown>, 'draft' | 'resume'>): unknown {
  const kept = `What you wrote is kept. To use it: ${resume} < ${quoteArgument(draft.path)}`;
  if (error instanceof DataansError)
    return new DataansError(error.code, error.message, {
      advice: joinLines(error.advice, kept),
      cause: error,
    });
  if (!(error instanceof Error) || error.name === 'AbortError') return error; // The next edit names it.
  return new Error(`${error.message} ${kept}`, { cause: error });
}

function joinLines(...lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}
