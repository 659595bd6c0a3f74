import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A build that was cut short leaves `dist-` and some letters. */
const generatedFolders = /^(\.git|node_modules|dist(-\w{6})?|out|coverage)$/;

/** Every file of the repository but the generated ones, as sorted paths from the root with `/` in between. */
export function repositoryFiles(root: string): readonly string[] {
  return filesBelow(root)
    .filter((path) => !path.startsWith(join(root, 'release') + sep)) // Another `release` has sources.
    .map((path) => relative(root, path).split(sep).join('/'))
    .toSorted();
}

export function isTestFile(path: string): boolean {
  return /\.(test|contract)\.ts$/.test(path);
}

/** What only tests load: it may know every part of its package. */
export function isTestCode(path: string): boolean {
  return isTestFile(path) || path.includes('/src/testing/');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return generatedFolders.test(entry.name) ? [] : filesBelow(join(folder, entry.name));
    return entry.isFile() ? [join(folder, entry.name)] : [];
  });
}
