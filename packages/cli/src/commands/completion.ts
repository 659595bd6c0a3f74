import { readFile } from 'node:fs/promises';
import sea from 'node:sea';
import type { Shell } from '../completion/shells.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';

export async function printCompletion({ terminal }: Context, shell: Shell): Promise<ExitCode> {
  await terminal.write(await readScript(`completion/dataans.${shell}`));
  return exitCodes.done;
}

/** Inside the program if that is one file, else in a folder beside what reads it. */
async function readScript(path: string): Promise<string> {
  return sea.isSea() ? sea.getAsset(path, 'utf8') : readFile(new URL(`../${path}`, import.meta.url), 'utf8');
}
