import type { ArchiveProof } from '../export/archive-proof.ts';
import type { ChunkFetcher, Files } from '../files/files.ts';
import { createHomeOver } from '../home/create-home.ts';
import { createRooms } from '../home/create-rooms.ts';
import type { Home } from '../home/home.ts';
import type { HomePlatform } from '../home/home-platform.ts';
import type { HomeRooms } from '../home/home-rooms.ts';
import { createNodePlatform, type HomeOptions } from '../node/node-platform.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { Verify } from '../verify/verification.ts';

/** The rooms of a home beside what it gives programs: for tests that look behind it. */
export interface TestHome extends HomeRooms, Omit<Home, 'files' | 'close'> {
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

/** The home in a directory. Opens nothing yet. */
export function openTestHome(options: HomeOptions, changes: Partial<HomePlatform> = {}): TestHome {
  const platform = { ...createNodePlatform(options), ...changes };
  const rooms = createRooms(platform);
  const { files: _files, close: _close, ...groups } = createHomeOver(rooms, platform);
  return Object.assign(rooms, groups, {
    directory: options.directory,
    notebook: async () => rooms.session().notebook,
    files: async () => rooms.session().files,
    archiveProof: async () => rooms.session().archiveProof,
    chunkFetcher: async () => rooms.session().fetchChunk,
    engine: async () => rooms.session().engine,
    verifier: async () => rooms.session().verify,
  });
}
