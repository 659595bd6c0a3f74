import { createArchiveProof, type ArchiveProof } from '../export/archive-proof.ts';
import { createChunkFetcher } from '../files/chunk-fetcher.ts';
import { createFiles } from '../files/create-files.ts';
import type { ChunkFetcher, Files } from '../files/files.ts';
import { createNotebook } from '../notebook/create-notebook.ts';
import type { Notebook } from '../notebook/notebook.ts';
import { createSyncEngine } from '../sync/create-sync-engine.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { SyncDependencies } from '../sync/sync-run.ts';
import { createVerify } from '../verify/create-verify.ts';
import type { Verify } from '../verify/verification.ts';

/** What takes keys to work: the same on every platform, for as long as nobody signs in anew. */
export interface Session {
  readonly notebook: Notebook;
  readonly files: Files;
  readonly archiveProof: ArchiveProof;
  readonly engine: SyncEngine;
  readonly verify: Verify;
  /** Fetches chunks that are not held here, for `Files.open`. */
  readonly fetchChunk: ChunkFetcher;
}

export function createSession(dependencies: SyncDependencies): Session {
  const { store, chunks, connection, primitives, readKeyring, clock } = dependencies;
  const engine = createSyncEngine(dependencies);
  return {
    notebook: createNotebook({ store, primitives, readKeyring, clock }),
    files: createFiles({ chunks, primitives, readKeyring }),
    archiveProof: createArchiveProof(primitives, readKeyring),
    engine,
    verify: createVerify(dependencies),
    fetchChunk: createChunkFetcher(connection, primitives),
  };
}
