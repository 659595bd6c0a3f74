import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Packs folders as npm would publish them: the same files give the same bytes.
 *
 * @param into where the tarballs go; made if it is not there
 * @returns their paths, in the same order
 */
export function npmPack(folders: readonly string[], into: string): readonly string[] {
  mkdirSync(into, { recursive: true });
  const npm = ['pack', '--silent', '--ignore-scripts', '--pack-destination', resolve(into)];
  const printed = execFileSync('npm', [...npm, ...folders.map((folder) => resolve(folder))], {
    cwd: into,
    encoding: 'utf8',
  });
  return printed
    .trim()
    .split('\n')
    .map((name) => join(into, name));
}
