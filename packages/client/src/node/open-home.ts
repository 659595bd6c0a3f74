import { parseServerAddress } from '../account/server-address.ts';
import { createRooms } from '../home/create-rooms.ts';
import { readCloudflaredToken } from './cloudflared.ts';
import type { Home } from './home.ts';
import { createNodePlatform, type HomeOptions } from './node-platform.ts';

/** The home in a directory. Opens nothing yet: what a command does not need is not touched. */
export function openHome(options: HomeOptions): Home {
  const { directory, environment = {} } = options;
  const rooms = createRooms(createNodePlatform(options));
  return Object.assign(rooms, {
    directory,
    cloudflaredAccess: async (server: string, signal: AbortSignal) => {
      const token = await readCloudflaredToken(parseServerAddress(server), environment, signal);
      if (token === null) return null;
      return { kind: 'access-token', header: 'cf-access-token', token, source: 'cloudflared' } as const;
    },
    notebook: async () => rooms.session().notebook,
    files: async () => rooms.session().files,
    archiveProof: async () => rooms.session().archiveProof,
    chunkFetcher: async () => rooms.session().fetchChunk,
    engine: async () => rooms.session().engine,
    verifier: async () => rooms.session().verify,
  });
}
