import { posix } from 'node:path';
import { isTestCode } from '../check/source-files.ts';
import { importSpecifiers } from './import-specifiers.ts';

/** What is in a module, by its path. */
export type SourceByPath = ReadonlyMap<string, string>;

/**
 * The folders right below a package's `src/` that import each other, directly or through others, as
 * `auth → storage → auth`: none of them could be understood without the rest. A module that lies in no folder
 * counts as one. Tests and what is only for tests may look anywhere.
 */
export function findFolderCircles(sources: SourceByPath): readonly string[] {
  const importsByFolder = readFolderImports(sources);
  const circles = [...importsByFolder.keys()].flatMap((folder) => findWayBack(folder, importsByFolder) ?? []);
  return circles.map((circle) => circle.join(' → '));
}

function readFolderImports(sources: SourceByPath): ReadonlyMap<string, ReadonlySet<string>> {
  const importsByFolder = new Map<string, Set<string>>();
  for (const [path, source] of sources) {
    if (isTestCode(path)) continue;
    const folder = folderOf(path);
    const imports = importsByFolder.get(folder) ?? new Set();
    importsByFolder.set(folder, imports);
    for (const specifier of importSpecifiers(source).filter((text) => text.startsWith('.'))) {
      const target = folderOf(posix.join(posix.dirname(path), specifier));
      if (target !== folder) imports.add(target);
    }
  }
  return importsByFolder;
}

/** The shortest way from a folder to itself. Each circle is told once, from the first of its folders by name. */
function findWayBack(
  start: string,
  importsByFolder: ReadonlyMap<string, ReadonlySet<string>>,
): readonly [readonly string[]] | null {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (const way of ways)
    for (const next of importsByFolder.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [[...way, start]];
      if (next < start || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  return null;
}

function folderOf(path: string): string {
  return path.split('/').slice(0, 4).join('/');
}
