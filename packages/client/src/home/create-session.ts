import { createArchiveProof, type ArchiveProof } from '../export/archive-proof.ts';
import { createChunkFetcher } from '../files/chunk-fetcher.ts';
import { createFiles } from '../files/create-files.ts';
import type { ChunkFetcher, Files } from '../files/files.ts';
import type { Sealer } from '../files/seal-file.ts';
import { sealAttachments, type Attachable, type SealOptions } from '../files/seal-attachments.ts';
import { createNotebook } from '../notebook/create-notebook.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { NewFile } from '../store/new-file.ts';
import { createContents, type Contents } from '../sync/contents.ts';
import { createSyncEngine } from '../sync/create-sync-engine.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { SyncDependencies } from '../sync/sync-run.ts';
import { createTransfers, type Transfers } from '../sync/transfers.ts';
import type { Verify } from '../verify/verification.ts';

export type SealAttachments = (
  attachables: readonly Attachable[],
  options?: SealOptions,
) => Promise<readonly NewFile[]>;

/** What takes keys to work: the same on every platform, for as long as nobody signs in anew. */
export interface Session {
  readonly notebook: Notebook;
  readonly files: Files;
  /** Contents as files that a change may name. */
  readonly sealAttachments: SealAttachments;
  readonly archiveProof: ArchiveProof;
  readonly engine: SyncEngine;
  readonly contents: Contents;
  /** What of them is on its way. */
  readonly transfers: Transfers;
  readonly verify: Verify;
  /** Fetches chunks that are not held here, for `Files.open`. */
  readonly fetchChunk: ChunkFetcher;
}

/** What a session works with. */
export interface SessionDependencies extends SyncDependencies, Pick<Sealer, 'shrinkPicture'> {}

export function createSession(dependencies: SessionDependencies): Session {
  const { store, chunks, connection, primitives, readKeyring, clock } = dependencies;
  const transfers = createTransfers();
  const engine = createSyncEngine({ ...dependencies, transfers });
  const files = createFiles({ chunks, primitives, readKeyring });
  const sealer = { files, primitives, shrinkPicture: dependencies.shrinkPicture };
  return {
    notebook: createNotebook({ store, primitives, readKeyring, clock }),
    files,
    sealAttachments: (attachables, options) => sealAttachments(sealer, attachables, options),
    archiveProof: createArchiveProof(primitives, readKeyring),
    engine,
    contents: createContents({ ...dependencies, transfers }),
    transfers,
    verify: async (options) => {
      const { createVerify } = await import('../verify/create-verify.ts');
      return createVerify(dependencies)(options);
    },
    fetchChunk: createChunkFetcher(connection, primitives),
  };
}
