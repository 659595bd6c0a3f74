import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder for each reader, with a file for each input that broke it once. */
export const examplesFolder = join(import.meta.dirname, 'examples');

export function readExamples(target: string): readonly Uint8Array[] {
  const folder = join(examplesFolder, target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => new Uint8Array(readFileSync(join(folder, name))));
}
