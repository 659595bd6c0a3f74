import { DataansError } from '@dataans/core';
import { toFileSource } from '../files/to-file-source.ts';
import { SourceFault, type FolderSource, type SourceContent } from './folder-source.ts';
import { createListedSource, requirePath } from './listed-source.ts';

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
  const openByPath = new Map<string, () => Promise<SourceContent>>();
  for (const { path, content } of files) {
    requirePath(path);
    if (openByPath.has(path)) throw new DataansError('invalid', `Two files are called ${path}.`);
    openByPath.set(path, async () => openBlob(content));
  }
  return createListedSource(name, openByPath);
}

function openBlob(content: Blob): SourceContent {
  const { pieces, ...source } = toFileSource(content);
  return {
    ...source,
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
