import { readFile } from 'node:fs/promises';
import { printableLine } from '../output/printable.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError if there is no such file, or it cannot be read */
export async function readSecretFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const name = printableLine(path);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError(`There's no file ${name}.`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Can't read ${name}: ${reason}.`);
  }
}
