import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What of a package.json, or of an entry of the lock, names versions of this repository. */
interface Versioned {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface Lock extends Versioned {
  readonly packages: Readonly<Record<string, Versioned>>;
}

const isOurs = /^(?:packages\/|$)/;

export function readVersion(root: string): string {
  // npm has read it before.
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string })
    .version;
}

/** A file that says which version this is. The root's `package.json` decides, and the others follow. */
export function isVersioned(path: string): boolean {
  return (
    path === 'package-lock.json' || path === programNameFile || /^packages\/[^/]+\/package\.json$/.test(path)
  );
}

/** It is read in pages, too, where there is no manifest to import. */
const programNameFile = 'packages/client/src/witness/program-name.ts';

/** The file as it has to be for a version. */
export function followVersion(path: string, text: string, version: string): string {
  if (path === programNameFile) return text.replace(/'dataans [^']+'/, `'dataans ${version}'`);
  // Written by npm, or by this repository; both lay it out so.
  const json = JSON.parse(text) as Lock;
  const followed = path === 'package-lock.json' ? followInLock(json, version) : follow(json, version);
  return `${JSON.stringify(followed, null, 2)}\n`;
}

function followInLock(lock: Lock, version: string): Lock {
  const packages = Object.entries(lock.packages).map(([folder, locked]) => [
    folder,
    isOurs.test(folder) ? follow(locked, version) : locked,
  ]);
  return { ...lock, version, packages: Object.fromEntries(packages) as Lock['packages'] };
}

function follow<Kind extends Versioned>(manifest: Kind, version: string): Kind {
  const { dependencies } = manifest;
  if (dependencies === undefined) return { ...manifest, version };
  const followed = Object.entries(dependencies).map(([name, wanted]) => [
    name,
    name.startsWith('@dataans/') ? version : wanted,
  ]);
  return { ...manifest, version, dependencies: Object.fromEntries(followed) as Versioned['dependencies'] };
}

/** Files that say another version, and a version that CHANGELOG.md does not tell of. */
export function findVersionFaults(
  files: readonly string[],
  read: (path: string) => string,
  version: string,
): readonly string[] {
  const others = files
    .filter(isVersioned)
    .filter((path) => followVersion(path, read(path), version) !== read(path))
    .map((path) => `${path}: is not of version ${version} everywhere; run: npm run version`);
  const isTold = read('CHANGELOG.md').includes(`\n## ${version}\n`);
  return isTold ? others : [...others, `CHANGELOG.md: does not say what is new in ${version}`];
}
