import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = [
  'packages/web/build',
  'packages/web/public',
  'packages/web/src',
  'packages/client/src',
  'packages/core/src',
];
const files = ['package-lock.json', 'packages/web/index.html'];

/** One hash of all that a build reads, wherever the repository lies. */
export function hashSources(root: string): string {
  const paths = [...files, ...folders.flatMap((folder) => listFiles(root, folder))].toSorted();
  const hash = createHash('sha256');
  for (const path of paths)
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

function listFiles(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|contract)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
