import { DataansError } from '@dataans/core';
import { toFileSource } from '../files/to-file-source.ts';
import { SourceFault, type FolderSource, type SourceContent, type SourceFile } from './folder-source.ts';

/** A file that a person has chosen, with its path below the folder that it came from. */
export interface ChosenFile {
  /** Names joined by `/`. */
  readonly path: string;
  readonly content: Blob;
}

/**
 * Files that were handed over, as the folder that they came from.
 *
 * @throws DataansError `invalid` if a path is none, or two files have the same
 */
export function createFilesSource(name: string, files: readonly ChosenFile[]): FolderSource {
  const contentByPath = new Map<string, Blob>();
  for (const { path, content } of files) {
    requirePath(path);
    if (contentByPath.has(path)) throw new DataansError('invalid', `Two files are called ${path}.`);
    contentByPath.set(path, content);
  }
  const open = (content: Blob) => async (): Promise<SourceContent> => openBlob(content);
  return {
    name,
    async *folders() {
      for (const [path, names] of groupByFolder(contentByPath.keys())) {
        const inside = names.flatMap((file): readonly SourceFile[] => {
          const content = contentByPath.get(path === '' ? file : `${path}/${file}`);
          return content === undefined ? [] : [{ name: file, open: open(content) }];
        });
        yield { path, files: inside, skipped: [] };
      }
    },
    openFile: async (path) => {
      const content = contentByPath.get(path);
      return content === undefined ? null : openBlob(content);
    },
  };
}

function requirePath(path: string): void {
  const isPath = path.split('/').every((name) => !['', '.', '..'].includes(name) && !name.includes('\0'));
  if (!isPath)
    throw new DataansError('invalid', `“${path}” is not the path of a file below a folder.`, {
      advice: 'Give names that are joined by /, such as recipes/soup.md.',
    });
}

/** Every folder before those below it, and all by name: the same every time. */
function groupByFolder(paths: Iterable<string>): readonly (readonly [string, readonly string[]])[] {
  const namesByFolder = new Map<string, string[]>([['', []]]);
  for (const path of Array.from(paths).toSorted(compareText)) {
    const names = path.split('/');
    for (let depth = 1; depth < names.length; depth += 1) {
      const folder = names.slice(0, depth).join('/');
      if (!namesByFolder.has(folder)) namesByFolder.set(folder, []);
    }
    namesByFolder.get(names.slice(0, -1).join('/'))?.push(names.at(-1) ?? '');
  }
  return Array.from(namesByFolder).toSorted(([left], [right]) => compareText(left, right));
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function openBlob(content: Blob): SourceContent {
  const { bytes, pieces } = toFileSource(content);
  return {
    bytes,
    async *pieces() {
      try {
        yield* pieces();
      } catch (error) {
        throw new SourceFault('unreadable', 'It cannot be read: it was changed or removed.', {
          cause: error,
        });
      }
    },
    close: () => Promise.resolve(),
  };
}
