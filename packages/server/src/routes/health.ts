import type { BackupStatus } from '../backups/look-after-backups.ts';
import type { Clock } from '../clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { freeBytesMin, type StorageFailure, type StorageHealth } from '../stores/storage-health.ts';
import { jsonResponse } from './responses.ts';
import type { Route } from './route.ts';

export interface HealthDependencies {
  readonly accounts: Accounts;
  readonly storageHealth: () => Promise<StorageHealth>;
  readonly backupStatus: () => BackupStatus | null;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Liveness by answering at all, readiness by the status. Says nothing of what is
 * stored, nor how much still goes in, which tells a stranger when and how much is written. // SRV-28
 */
export function healthRoutes(dependencies: HealthDependencies): readonly Route[] {
  const { accounts, storageHealth, backupStatus, clock } = dependencies;
  return [
    {
      method: 'GET',
      path: '/health',
      access: 'open',
      handle: async () => {
        const logReadable = await succeeds(accounts.requireReadable());
        const storage = await storageHealth();
        const detail = whatIsWrong(logReadable, storage);
        return jsonResponse(
          {
            status: detail === null ? 'ok' : 'unavailable',
            logReadable,
            storageWritable: storage.failure === null && hasRoom(storage),
            ...ageOfBackup(backupStatus(), clock.now()),
            ...(detail !== null && { detail }),
          },
          {},
          detail === null ? 200 : 503,
        );
      },
    },
  ];
}

/** The age of the last good backup is no reason to be unavailable: somebody has to look, and no one to wait. // SRV-85 */
function ageOfBackup(status: BackupStatus | null, now: number) {
  if (status === null) return {};
  return {
    backupAgeSeconds: status.made === null ? null : Math.max(0, Math.round((now - status.made) / 1_000)),
  };
}

const sentenceByFailure: Readonly<Record<StorageFailure, string>> = {
  full: 'The data folder is full: no space, file names or quota left. Free up space.',
  'read-only':
    'The data folder is read-only. Check what the system says about its disk, and mount it for writing.',
  forbidden: "The data folder can't be written. Give the server's user write access.",
  faulty:
    "The data folder can't be written. Check what the system says about its disk and the connection to it.",
  away: "The database can't be reached. Check that it runs, and DATAANS_DATABASE.",
  standby: 'The database only follows another one. Set DATAANS_DATABASE to the address of the primary.',
};

/** One sentence for the operator on what to do; `null` where all is well. */
function whatIsWrong(logReadable: boolean, storage: StorageHealth): string | null {
  if (!logReadable)
    return "The log can't be read. Check the server's log output and run dataans-server check.";
  if (storage.failure !== null) return sentenceByFailure[storage.failure];
  return hasRoom(storage)
    ? null
    : `Less than ${freeBytesMin / 1_048_576} MiB is left for notes and files. Free up space.`;
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
