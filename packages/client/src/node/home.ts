import type { Access } from '../connection/access.ts';
import type { ArchiveProof } from '../export/archive-proof.ts';
import type { ChunkFetcher, Files } from '../files/files.ts';
import type { HomeRooms } from '../home/home-rooms.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { Verify } from '../verify/verification.ts';

/** One device's app data directory, opened. */
export interface Home extends HomeRooms {
  readonly directory: string;
  /** What `cloudflared` holds for a server, if that program is installed; `null` if it holds nothing. */
  cloudflaredAccess(server: string, signal: AbortSignal): Promise<Access | null>;
  /** @throws DataansError `not-signed-in` */
  notebook(): Promise<Notebook>;
  /** @throws DataansError `not-signed-in` */
  files(): Promise<Files>;
  /**
   * Tells exports of this account from others.
   *
   * @throws DataansError `not-signed-in`
   */
  archiveProof(): Promise<ArchiveProof>;
  /**
   * Fetches chunks that are not held here, for `Files.open`.
   *
   * @throws DataansError `not-signed-in`
   */
  chunkFetcher(): Promise<ChunkFetcher>;
  /** @throws DataansError `not-signed-in` */
  engine(): Promise<SyncEngine>;
  /** @throws DataansError `not-signed-in` */
  verifier(): Promise<Verify>;
}
