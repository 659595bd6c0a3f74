import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataansError } from '@dataans/core';
import type { Environment } from '../surroundings.ts';
import { decodeText } from './read-input.ts';

/**
 * The text after the person has edited it in their editor: `VISUAL`, else `EDITOR`, else what the
 * system has. Only they can read the file that it is in, and it is removed afterwards.
 *
 * @throws DataansError `invalid` when the editor fails: the text is then taken as not edited.
 */
export async function editText(text: string, name: string, environment: Environment): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-'));
  try {
    const path = join(folder, fileNameFor(name));
    await writeFile(path, text, { mode: 0o600 });
    await runEditor(findEditor(environment), path);
    return decodeText(await readFile(path), 'What the editor left');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findEditor(environment: Environment): string {
  const chosen = [environment['VISUAL'], environment['EDITOR']].find((editor) => editor?.trim());
  return chosen ?? (process.platform === 'win32' ? 'notepad' : 'vi');
}

/** A name that the editor can know the format by. */
function fileNameFor(name: string): string {
  return /^[\w-][\w. -]{0,80}\.\w{1,10}$/.test(name) ? name : 'note.md';
}

async function runEditor(editor: string, path: string): Promise<void> {
  const failure = await new Promise<string | null>((resolve) => {
    const child = startEditor(editor, path);
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`);
    });
  });
  if (failure === null) return;
  throw new DataansError('invalid', `The editor “${editor}” failed (${failure}): nothing was changed.`, {
    advice: 'Set EDITOR to a program that edits text, or give the text on the command line.',
  });
}

/** Through the shell, because `EDITOR` may carry arguments: `code --wait`. */
function startEditor(editor: string, path: string): ChildProcess {
  if (process.platform === 'win32') return spawn(`${editor} "${path}"`, { shell: true, stdio: 'inherit' });
  return spawn('/bin/sh', ['-c', `${editor} "$1"`, editor, path], { stdio: 'inherit' });
}
