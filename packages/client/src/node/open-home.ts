import { createHomeOver } from '../home/create-home.ts';
import { createRooms } from '../home/create-rooms.ts';
import type { Home } from './home.ts';
import { createNodePlatform, type HomeOptions } from './node-platform.ts';

/** The home in a directory, and its rooms. Opens nothing yet: what a command does not need is not touched. */
export function openHome(options: HomeOptions): Home {
  const platform = createNodePlatform(options);
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
