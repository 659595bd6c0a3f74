import type { AppDependencies } from '../app.ts';
import { isLoopbackPeer } from '../auth/host.ts';
import { sha256 } from '../hash.ts';
import { silentLogger } from '../logging/logger.ts';

/** What an app needs beside its stores, its clock and who may call, for a test that is about none of it. */
export const quietSurroundings = {
  authMethod: 'loopback',
  isProxy: isLoopbackPeer,
  logger: silentLogger,
  hash: sha256,
  publicUrl: null,
  webApp: null,
  stopping: new AbortController().signal,
  storageHealth: async () => ({ failure: null, freeBytes: null }),
  backupStatus: () => null,
  memoryBytes: () => 0,
} as const satisfies Partial<AppDependencies>;
