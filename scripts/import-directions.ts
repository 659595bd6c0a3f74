// Which folder may import what: `core ← server`, `core ← client ← cli, web`, and the folders that alone touch
// a database driver, Node or the browser.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findForbiddenImports } from './import-directions/forbidden-imports.ts';
import { repositoryFiles } from './check/source-files.ts';

const root = dirname(import.meta.dirname);

const found = repositoryFiles(root)
  .filter((path) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(path))
  .flatMap((path) => findForbiddenImports(path, readFileSync(join(root, path), 'utf8')));

for (const { path, specifier, reason } of found)
  process.stdout.write(`${path}: imports ${specifier}: ${reason}\n`);
if (found.length > 0) process.exitCode = 1;
