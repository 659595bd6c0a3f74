import type { Primitives } from '@dataans/core';
import type { ArchiveProof } from '../export/archive-proof.ts';
import type { Sealer } from '../files/seal-file.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { Entities } from '../store/entities.ts';
import type { Facts } from '../store/facts.ts';
import type { SourceContent } from './folder-source.ts';

export interface ImportDependencies extends Sealer {
  readonly entities: Entities;
  readonly notebook: Pick<Notebook, 'record'>;
  readonly primitives: Pick<Primitives, 'hash'>;
  /** Where this device remembers which folders it has imported. Without it only their content tells. // IMP-13 */
  readonly facts?: Facts;
  /** Without it every JSON export is somebody else's. */
  readonly proof?: Pick<ArchiveProof, 'isOwn'>;
}

export interface ImportProgress {
  /** Files of the folder that were begun. */
  readonly files: number;
  /** Bytes of content that were read. */
  readonly bytes: number;
}

export interface ImportOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import with its reason. What was recorded stays, and importing again goes on from there. */
  readonly signal?: AbortSignal;
}

/** What an import works with, where reading is counted and can be stopped. */
export interface CountedDependencies extends ImportDependencies {
  readonly countFile: () => void;
  readonly countContent: (content: SourceContent) => SourceContent;
}

export function countProgress(
  dependencies: ImportDependencies,
  { onProgress, signal }: ImportOptions,
): CountedDependencies {
  let files = 0;
  let bytes = 0;
  return {
    ...dependencies,
    countFile: () => {
      signal?.throwIfAborted();
      files += 1;
      onProgress?.({ files, bytes });
    },
    countContent: (content) => ({
      ...content,
      pieces: async function* countPieces() {
        for await (const piece of content.pieces()) {
          signal?.throwIfAborted();
          bytes += piece.length;
          onProgress?.({ files, bytes });
          yield piece;
        }
      },
    }),
  };
}
