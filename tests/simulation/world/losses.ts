import type { OperationId, ChunkName } from '@dataans/core';
import { listChunks, listOperations, look } from './holdings.ts';
import type { Device } from './device.ts';
import type { Ledger } from './ledger.ts';
import type { ServerHost } from './server-host.ts';

/**
 * What nobody can have any more because every copy of it was destroyed: such as a home that was put back
 * to an older copy before it had synced. All else has to be there in the end.
 */
export interface Losses {
  /** To be called after something was destroyed. */
  count(): void;
  isLost(operation: OperationId): boolean;
  isChunkLost(name: ChunkName): boolean;
  /** Anything at all is lost. */
  any(): boolean;
}

export function createLosses(ledger: Ledger, devices: readonly Device[], server: ServerHost): Losses {
  const lost = new Set<OperationId>();
  const lostChunks = new Set<ChunkName>();
  return {
    count: () => {
      const operations = new Set<OperationId>(look(server.data().path, listOperations));
      const chunks = new Set<ChunkName>(listChunks(server.data().disk));
      for (const device of devices) {
        for (const id of device.look(listOperations)) operations.add(id);
        for (const name of listChunks(device.disk())) chunks.add(name);
      }
      for (const id of ledger.acknowledged.keys()) if (!operations.has(id)) lost.add(id);
      for (const { chunks: named } of ledger.files.values())
        for (const name of named) if (!chunks.has(name)) lostChunks.add(name);
    },
    isLost: (operation) => lost.has(operation),
    isChunkLost: (name) => lostChunks.has(name),
    any: () => lost.size > 0 || lostChunks.size > 0,
  };
}
