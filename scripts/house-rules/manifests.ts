import { posix } from 'node:path';

type Versions = Readonly<Record<string, string>>;

/** The parts of a `package.json` that matter here. */
export interface Manifest {
  /** Where it is, from the root of the repository. */
  readonly path: string;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  /** Files of the commands by name, from the manifest's folder. */
  readonly bin?: Readonly<Record<string, string>>;
}

/** Commands whose file cannot be executed: npm would make it so, and leave every fresh clone changed. */
export function findCommandFaults(
  { path, bin }: Manifest,
  isExecutable: (path: string) => boolean,
): readonly string[] {
  return Object.values(bin ?? {})
    .map((file) => posix.join(posix.dirname(path), file))
    .filter((file) => !isExecutable(file))
    .map((file) => `${file}: is a command in ${path} and not an executable file`);
}

/** Versions that are not exact, dependencies that docs/dependencies.md does not explain, and entries about none. */
export function findManifestFaults(manifests: readonly Manifest[], explanations: string): readonly string[] {
  const explained = explainedPackages(explanations);
  const used = manifests.flatMap((manifest) =>
    dependenciesOf(manifest).map(([name, version]) => ({ path: manifest.path, name, version })),
  );
  const external = used.filter(({ name }) => !name.startsWith('@dataans/'));
  const names = new Set(external.map(({ name }) => name));
  return [
    ...used
      .filter(({ version }) => !isExact(version))
      .map(({ path, name, version }) => `${path}: ${name}: ${version} is not an exact version`),
    ...external
      .filter(({ name }) => !explained.includes(name))
      .map(({ path, name }) => `${path}: ${name} is not explained in docs/dependencies.md`),
    ...explained
      .filter((name) => !names.has(name))
      .map((name) => `docs/dependencies.md: explains ${name}, which nothing depends on`),
  ];
}

function dependenciesOf(manifest: Manifest): readonly [name: string, version: string][] {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
}

/** Names in the first column of the tables, written as code. */
function explainedPackages(markdown: string): readonly string[] {
  return Array.from(markdown.matchAll(/^\|\s*`([^`]+)`\s*\|/gm), ([, name = '']) => name);
}

/** Also of a package that stands under another name: `npm:NAME@1.2.3`. */
function isExact(version: string): boolean {
  return /^(?:npm:[\w@/.-]+@)?\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version);
}
