import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { thirdPartiesOf } from '../../scripts/release/third-party.ts';

/**
 * Packs what packages of this repository say that they need, and what that needs, from where it is installed: so that an
 * installation of theirs asks no registry, and lacks whatever they do not name.
 *
 * @param names folders below `packages`
 * @param folder where the tarballs go; made if it is not there
 * @returns their paths
 */
export function packDependencies(names: readonly string[], folder: string): readonly string[] {
  const needed = thirdPartiesOf(names).map((one) => one.folder);
  mkdirSync(folder, { recursive: true });
  const npm = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const printed = execFileSync('npm', [...npm, ...needed], { cwd: folder, encoding: 'utf8' });
  return printed
    .trim()
    .split('\n')
    .map((name) => join(folder, name));
}
