import { bytesToHex, DataansError, type Primitives } from '@dataans/core';
import type { ServerConnection } from '../connection/server-connection.ts';
import type { ChunkFetcher } from './files.ts';

/** Fetches from the server, and hands on only what has the hash that it is named by. // FIL-3 */
export function createChunkFetcher(
  connection: Pick<ServerConnection, 'address' | 'readChunk'>,
  primitives: Pick<Primitives, 'hashMany'>,
): ChunkFetcher {
  return async (name, signal) => {
    const sealed = await connection.readChunk(name, signal);
    if (sealed === null) return null;
    const [hash = new Uint8Array()] = await primitives.hashMany([sealed]);
    if (bytesToHex(hash) === name) return sealed;
    throw new DataansError(
      'integrity',
      `${connection.address} sent other bytes than the chunk that was asked for.`,
    );
  };
}
