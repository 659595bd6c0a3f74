// Which folder may import what: `core ← server`, `core ← client ← cli, web`, the folders that alone touch a
// database driver, Node or the browser, and no circles between the folders of a package.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findFolderCircles } from './import-directions/folder-circles.ts';
import { findForbiddenImports } from './import-directions/forbidden-imports.ts';
import { repositoryFiles } from './check/source-files.ts';

const root = dirname(import.meta.dirname);

const sources = new Map(
  repositoryFiles(root)
    .filter((path) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
);
const findings = [
  ...[...sources]
    .flatMap(([path, source]) => findForbiddenImports(path, source))
    .map(({ path, specifier, reason }) => `${path}: imports ${specifier}: ${reason}`),
  ...findFolderCircles(new Map([...sources].filter(([path]) => isInOrder(path)))).map(
    (circle) => `${circle}: folders import each other`,
  ),
];

for (const finding of findings) process.stdout.write(`${finding}\n`);
if (findings.length > 0) process.exitCode = 1;

/** What is for tests sees all folders of its package. */
function isInOrder(path: string): boolean {
  return !/^packages\/[^/]+\/src\/testing\//.test(path);
}
