// Called by `npm version 1.2.3`: what says a version says the one of the root's package.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles } from './check/source-files.ts';
import { root } from './release/programs.ts';
import { followVersion, isVersioned, readVersion } from './release/versions.ts';

const version = readVersion(root);
for (const path of repositoryFiles(root).filter(isVersioned)) {
  const file = join(root, path);
  writeFileSync(file, followVersion(path, readFileSync(file, 'utf8'), version));
}
