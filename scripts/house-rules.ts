// What the linter cannot see: documents, manifests, and words that have no place in a public repository.
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFiles } from './check/source-files.ts';
import { findDocumentFaults } from './house-rules/documents.ts';
import { findForbiddenWords } from './house-rules/forbidden-words.ts';
import { findProgramNames, findStopWords, isOfEngine, isReadByPeople } from './house-rules/people-words.ts';
import { optionsTemplate, optionsTemplatePath } from './release/options-template.ts';
import { findVersionFaults, readVersion } from './release/versions.ts';
import { findCommandFaults, findManifestFaults, type Manifest } from './house-rules/manifests.ts';

const root = dirname(import.meta.dirname);
const files = repositoryFiles(root).filter((path) => !path.includes('/fixtures/'));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const texts = files.filter((path) =>
  /\.(ts|tsx|mjs|js|json|jsonc|md|sh|css|html|ya?ml|toml)$|(^|\/)[^.]+$/.test(path),
);
const documents = files.filter((path) => path.endsWith('.md'));
const manifests = files.filter((path) => /(^|\/)package\.json$/.test(path)).map(parseManifest);

const findings = [
  ...texts.flatMap((path) => findForbiddenWords(path, read(path))),
  ...texts.filter(isReadByPeople).flatMap((path) => findStopWords(path, read(path))),
  ...texts.filter(isOfEngine).flatMap((path) => findProgramNames(path, read(path))),
  ...documents.flatMap((path) => findDocumentFaults(path, read(path), new Set(files))),
  ...findManifestFaults(manifests, read('docs/dependencies.md')),
  ...findVersionFaults(files, read, readVersion(root)),
  ...(read(optionsTemplatePath) === optionsTemplate()
    ? []
    : [
        `${optionsTemplatePath}: lacks an option, or says something else of one; run: node scripts/write-options.ts`,
      ]),
  ...manifests.flatMap((manifest) => findCommandFaults(manifest, isExecutable)),
];

for (const finding of findings) process.stdout.write(`${finding}\n`);
if (findings.length > 0) process.exitCode = 1;

function parseManifest(path: string): Manifest {
  // Our own files, which npm has read before.
  return { ...(JSON.parse(read(path)) as Omit<Manifest, 'path'>), path };
}

function isExecutable(path: string): boolean {
  return ((statSync(join(root, path), { throwIfNoEntry: false })?.mode ?? 0) & 0o111) !== 0;
}
