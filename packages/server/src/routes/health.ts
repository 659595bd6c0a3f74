import type { LogStore } from '../log/log-store.ts';
import type { StorageHealth } from '../storage/storage-health.ts';
import { jsonResponse } from './responses.ts';
import type { Route } from './route.ts';

export interface HealthDependencies {
  readonly log: LogStore;
  readonly storageHealth: () => Promise<StorageHealth>;
}

/**
 * Liveness by answering at all, readiness by the status. Says nothing of what is
 * stored, nor how much still goes in, which tells a stranger when and how much is written. // SRV-28
 */
export function healthRoutes({ log, storageHealth }: HealthDependencies): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      access: 'open',
      handle: async () => {
        const logReadable = await succeeds(log.head());
        const { writable } = await storageHealth();
        const ready = logReadable && writable;
        return jsonResponse(
          { status: ready ? 'ok' : 'unavailable', logReadable, storageWritable: writable },
          {},
          ready ? 200 : 503,
        );
      },
    },
  ];
}

async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch {
    return false;
  }
}
