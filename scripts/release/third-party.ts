import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './programs.ts';

/** A package of others that is in what people install. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** As its manifest says, an SPDX expression. */
  readonly license: string;
  /** Where it is installed. */
  readonly folder: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Dependencies that build what is installed and are not in it. */
const builders: ReadonlySet<string> = new Set(['vite']);

/** Packages of which parts are copied into the sources of the app, so that it depends on them for development only. */
const copied = ['lucide'];

/** What packages of this repository need from others, and what that needs, each once and in order of names. */
export function thirdPartiesOf(rooms: readonly string[]): readonly ThirdParty[] {
  const found = new Map<string, ThirdParty>();
  for (const room of rooms) collect(join(root, 'packages', room), found);
  return [...found.values()].toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** What the app has from packages that it doesn't depend on. */
export function copiedParts(): readonly ThirdParty[] {
  return copied.map((name) => readPart(findInstalled(name, join(root, 'packages/web'))));
}

function keyOf({ name, version }: ThirdParty): string {
  return `${name}@${version}`;
}

function collect(package_: string, found: Map<string, ThirdParty>): void {
  for (const name of Object.keys(readManifest(package_).dependencies ?? {})) {
    if (builders.has(name)) continue;
    const folder = findInstalled(name, package_);
    if (found.has(folder)) continue;
    if (!name.startsWith('@dataans/')) found.set(folder, readPart(folder));
    collect(folder, found);
  }
}

function readPart(folder: string): ThirdParty {
  const { name, version, license = 'UNKNOWN' } = readManifest(folder);
  return { name, version, license, folder };
}

function readManifest(folder: string): Manifest {
  // Written by npm, or by this repository.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function findInstalled(name: string, from: string): string {
  const here = join(from, 'node_modules', name);
  if (existsSync(here)) return here;
  if (from === root) throw new Error(`${name} is not installed.`);
  return findInstalled(name, dirname(from));
}

/** Names and licences of the packages, as those ask for that are copied with a program. */
export function describeLicenses(packages: readonly ThirdParty[]): string {
  const chapters = packages.map(
    ({ name, version, license, folder }) =>
      `## ${name} ${version} (${license})\n\n${readLicense(folder) ?? 'Its package has no text of the licence.'}\n`,
  );
  return `# Parts by others\n\nThese packages are in this program, or in the app that comes with it.\n\n${chapters.join('\n')}`;
}

function readLicense(folder: string): string | null {
  const name = readdirSync(folder).find((file) => /^licen[cs]e(?:\.|$)/i.test(file));
  return name === undefined ? null : readFileSync(join(folder, name), 'utf8').trim();
}
