import { readFile } from 'node:fs/promises';
import type { Shell } from '../completion/shells.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';

export async function printCompletion({ terminal }: Context, shell: Shell): Promise<ExitCode> {
  const script = new URL(`../completion/dataans.${shell}`, import.meta.url);
  await terminal.write(await readFile(script, 'utf8'));
  return exitCodes.done;
}
