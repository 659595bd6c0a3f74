import type { Clock } from '../clock.ts';
import type { Logger } from '../logging/logger.ts';
import { toLoggedText } from '../logging/logged-error.ts';
import type { BackupRecord, KeptBackupRecord } from './backup-record.ts';
import type { Schedule } from './schedule.ts';

/** A start has other things to do first, and a server that starts again and again makes no backup each time. */
const afterStartMs = 60_000;

/** What failed is tried again after this, unless it is due before. */
const retryMs = 3_600_000;

/** Hashing every chunk of a backup reads all of it: not with each one. */
const proveEveryMs = 86_400_000;

/** A timer of Node holds for 24 days; and a clock that was set is looked at again. */
const lookAgainMs = 3_600_000;

/** What makes, proves and tells of a backup. Each rejects with a sentence where it cannot. */
export interface BackupWork {
  /** @param verify whether chunks that are there are hashed, and replaced where they are damaged */
  make(verify: boolean): Promise<Readonly<Record<string, unknown>>>;
  prove(): Promise<void>;
  /** Whether a finished backup is there. */
  isThere(): Promise<boolean>;
  /** Calls the address that waits for backups; resolves at once if there is none. */
  tellHeartbeat(): Promise<void>;
  /** Ends what runs, which leaves the backup before it as it was. */
  stop(): void;
}

export interface BackupStatus {
  /** When the last good backup was made; `null` before the first one. */
  readonly made: number | null;
  readonly proved: number | null;
  /** Since the start. */
  readonly failures: number;
}

export interface Backups {
  status(): BackupStatus;
  stop(): Promise<void>;
}

export interface BackupsOptions {
  readonly folder: string;
  readonly schedule: Schedule;
  readonly work: BackupWork;
  readonly kept: KeptBackupRecord;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Makes backups when they are due, one at a time, and proves the newest once a day. // SRV-80, SRV-82 */
export async function lookAfterBackups(options: BackupsOptions): Promise<Backups> {
  const { folder, schedule, work, kept, clock, logger } = options;
  const remembered = await kept.read();
  let record: BackupRecord | null = remembered?.folder === folder ? remembered : null;
  let failures = 0;
  let mustVerify = false;
  let running: Promise<void> | null = null;
  let isStopped = false;
  let due = Math.max(
    clock.now() + afterStartMs,
    record === null ? 0 : schedule.next(Math.min(record.made, clock.now())),
  );
  let cancel = wait();

  function wait(): () => void {
    return clock.after(Math.min(Math.max(0, due - clock.now()), lookAgainMs), look);
  }

  async function look(): Promise<void> {
    if (clock.now() >= due) {
      running = runOnce();
      await running;
    }
    if (!isStopped) cancel = wait();
  }

  async function runOnce(): Promise<void> {
    try {
      await requireStillThere(record, work);
      const made = clock.now();
      const report = await work.make(mustVerify);
      logger.info(report, 'backup made');
      record = { folder, made, proved: await proveIfDue(record?.proved ?? null) };
      await kept.write(record);
      due = schedule.next(clock.now());
      await tell(work, logger);
    } catch (error) {
      if (isStopped) return;
      failures += 1;
      due = Math.min(schedule.next(clock.now()), clock.now() + retryMs);
      logger.error({ folder, failure: toLoggedText(error) }, 'backup failed');
    }
  }

  /** When the newest was last proved. One that cannot be proved is not good, and the next one mends it. */
  async function proveIfDue(proved: number | null): Promise<number | null> {
    if (!mustVerify && proved !== null && clock.now() - proved < proveEveryMs) return proved;
    mustVerify = true;
    await work.prove();
    mustVerify = false;
    logger.info({ folder }, 'backup proved');
    return clock.now();
  }

  return {
    status: () => ({ made: record?.made ?? null, proved: record?.proved ?? null, failures }),
    stop: async () => {
      isStopped = true;
      cancel();
      work.stop();
      await running;
    },
  };
}

/** A disk that is not mounted looks like a place for a first backup. // SRV-83 */
async function requireStillThere(record: BackupRecord | null, work: BackupWork): Promise<void> {
  if (record === null || (await work.isThere())) return;
  throw new Error(
    `There's no backup in ${record.folder} any more, though the server made one there at ${new Date(record.made).toISOString()}. Check that its disk is mounted. To begin again there, run: dataans-server backup ${record.folder}`,
  );
}

/** A backup is as good if nobody heard of it. // SRV-84 */
async function tell(work: BackupWork, logger: Logger): Promise<void> {
  try {
    await work.tellHeartbeat();
  } catch (error) {
    logger.warn({ failure: toLoggedText(error) }, 'heartbeat not delivered');
  }
}
