import type { ArchiveProof } from '../export/archive-proof.ts';
import type { ChunkFetcher, Files } from '../files/files.ts';
import type * as front from '../home/home.ts';
import type { HomeRooms } from '../home/home-rooms.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { Verify } from '../verify/verification.ts';

/** One device's app data directory, opened: the home, and its rooms for what the home does not say yet. */
export interface Home extends HomeRooms, Omit<front.Home, 'files' | 'close'> {
  readonly directory: string;
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
