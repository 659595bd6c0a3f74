import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Packs a folder as npm would publish it: the same files give the same bytes.
 *
 * @param into where the tarball goes; made if it is not there
 * @returns its path
 */
export function npmPack(folder: string, into: string): string {
  mkdirSync(into, { recursive: true });
  const npm = ['pack', '--silent', '--ignore-scripts', '--pack-destination', resolve(into)];
  return join(into, execFileSync('npm', npm, { cwd: folder, encoding: 'utf8' }).trim());
}
