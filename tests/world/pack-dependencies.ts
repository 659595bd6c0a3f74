import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './repository.ts';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Packs what packages of this repository say that they need, and what that needs, from where it is installed: so that an
 * installation of theirs asks no registry, and lacks whatever they do not name.
 *
 * @param names folders below `packages`
 * @param folder where the tarballs go; made if it is not there
 * @returns their paths
 */
export function packDependencies(names: readonly string[], folder: string): readonly string[] {
  const ours = names.map((name) => join(repository, 'packages', name));
  const found = new Set<string>();
  for (const package_ of ours) collect(package_, found);
  mkdirSync(folder, { recursive: true });
  const npm = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const printed = execFileSync('npm', [...npm, ...found], { cwd: folder, encoding: 'utf8' });
  return printed
    .trim()
    .split('\n')
    .map((name) => join(folder, name));
}

function collect(package_: string, found: Set<string>): void {
  // Written by npm, or by this repository.
  const manifest = JSON.parse(readFileSync(join(package_, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (name.startsWith('@dataans/')) continue;
    const installed = findInstalled(name, package_);
    if (found.has(installed)) continue;
    found.add(installed);
    collect(installed, found);
  }
}

function findInstalled(name: string, from: string): string {
  const here = join(from, 'node_modules', name);
  if (existsSync(here)) return here;
  if (from === repository) throw new Error(`${name} is not installed.`);
  return findInstalled(name, dirname(from));
}
