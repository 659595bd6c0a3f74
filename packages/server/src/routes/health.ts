import type { LogStore } from '../log/log-store.ts';
import { freeBytesMin, type StorageFailure, type StorageHealth } from '../stores/storage-health.ts';
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
        const storage = await storageHealth();
        const detail = whatIsWrong(logReadable, storage);
        return jsonResponse(
          {
            status: detail === null ? 'ok' : 'unavailable',
            logReadable,
            storageWritable: storage.failure === null && hasRoom(storage),
            ...(detail !== null && { detail }),
          },
          {},
          detail === null ? 200 : 503,
        );
      },
    },
  ];
}

const sentenceByFailure: Readonly<Record<StorageFailure, string>> = {
  full: 'The storage takes nothing more, for want of space, of names for files, or of quota: make room on it.',
  'read-only':
    'The storage is read-only: look into what the system says of its disk, and mount it to be written.',
  forbidden: 'The storage cannot be written: let the user that the server runs as write there.',
  faulty:
    'The storage cannot be written: look into what the system says of its disk, and of what leads to it.',
};

/** One sentence for the operator on what to do; `null` where all is well. */
function whatIsWrong(logReadable: boolean, storage: StorageHealth): string | null {
  if (!logReadable) return 'The log cannot be read: look into what the server logs, and run its check.';
  if (storage.failure !== null) return sentenceByFailure[storage.failure];
  return hasRoom(storage)
    ? null
    : `The storage has less than ${freeBytesMin / 1_048_576} MiB left: make room on it.`;
}

function hasRoom({ freeBytes }: StorageHealth): boolean {
  return freeBytes === null || freeBytes >= freeBytesMin;
}

async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch {
    return false;
  }
}
