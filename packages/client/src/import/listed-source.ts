import { DataansError } from '@dataans/core';
import { compareTexts } from '../store/compare-names.ts';
import type { FolderSource, SourceContent, SourceFile } from './folder-source.ts';

/** What opens a file, by its path below the folder: names joined by `/`. */
export type OpenByPath = ReadonlyMap<string, () => Promise<SourceContent>>;

/** A folder of which all files are known by their paths, wherever their content is. */
export function createListedSource(name: string, openByPath: OpenByPath): FolderSource {
  return {
    name,
    async *folders() {
      for (const [path, names] of groupByFolder(openByPath.keys())) {
        const files = names.flatMap((file): readonly SourceFile[] => {
          const open = openByPath.get(path === '' ? file : `${path}/${file}`);
          return open === undefined ? [] : [{ name: file, open }];
        });
        yield { path, files, skipped: [] };
      }
    },
    openFile: async (path) => (await openByPath.get(path)?.()) ?? null,
  };
}

/** @throws DataansError `invalid` if a path leads elsewhere, or is none */
export function requirePath(path: string): void {
  const isPath = path.split('/').every((name) => !['', '.', '..'].includes(name) && !name.includes('\0'));
  if (!isPath)
    throw new DataansError('invalid', `“${path}” is not the path of a file below a folder.`, {
      advice: 'Give names that are joined by /, such as recipes/soup.md.',
    });
}

/** Every folder before those below it, and all by name: the same every time. */
function groupByFolder(paths: Iterable<string>): readonly (readonly [string, readonly string[]])[] {
  const namesByFolder = new Map<string, string[]>([['', []]]);
  for (const path of Array.from(paths).toSorted(compareTexts)) {
    const names = path.split('/');
    for (let depth = 1; depth < names.length; depth += 1) {
      const folder = names.slice(0, depth).join('/');
      if (!namesByFolder.has(folder)) namesByFolder.set(folder, []);
    }
    namesByFolder.get(names.slice(0, -1).join('/'))?.push(names.at(-1) ?? '');
  }
  return Array.from(namesByFolder).toSorted(([left], [right]) => compareTexts(left, right));
}
