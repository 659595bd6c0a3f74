import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { afterTest } from '../testing/after-test.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createRecordedLogger } from '../testing/recorded-logger.ts';
import type { BackupRecord, KeptBackupRecord } from './backup-record.ts';
import { lookAfterBackups, type BackupWork } from './look-after-backups.ts';
import { every } from './schedule.ts';

const [minuteMs, hourMs] = [60_000, 3_600_000];
const folder = '/mnt/backup';

function createKept(record: BackupRecord | null): KeptBackupRecord {
  let kept = record;
  return { read: async () => kept, write: async (next) => void (kept = next) };
}

/** Counts what is asked of it; a test says what fails. */
function createWork(failures: Partial<BackupWork> = {}) {
  const calls: string[] = [];
  const note = (call: string) => void calls.push(call);
  const work: BackupWork = {
    make: async (verify) => ({ operations: note(verify ? 'make and verify' : 'make') }),
    prove: async () => note('prove'),
    isThere: async () => true,
    tellHeartbeat: async () => note('tell'),
    stop: () => note('stop'),
    ...failures,
  };
  return { work, calls };
}

async function start(t: TestContext, work: BackupWork, record: BackupRecord | null = null) {
  const clock = createManualClock();
  const logger = createRecordedLogger();
  const kept = createKept(record);
  const backups = await lookAfterBackups({
    folder,
    schedule: every('6h', 6 * hourMs),
    work,
    kept,
    clock,
    logger,
  });
  afterTest(t, () => backups.stop());
  return { backups, clock, logger, kept };
}

test('[SRV-80] [SRV-82] a backup is made soon after the start and each six hours, and proved once a day', async (t) => {
  const { work, calls } = createWork();
  const { backups, clock } = await start(t, work);
  assert.deepEqual(calls, []);
  await clock.advance(24 * hourMs);
  assert.deepEqual(calls, ['make', 'prove', 'tell', 'make', 'tell', 'make', 'tell', 'make', 'tell']);
  await clock.advance(hourMs);
  assert.deepEqual(calls.slice(-3), ['make', 'prove', 'tell']);
  assert.equal(backups.status().failures, 0);
});

test('[SRV-80] a start again does not make a backup before the next is due', async (t) => {
  const { work, calls } = createWork();
  const made = createManualClock().now() - 5 * hourMs;
  const { backups, clock } = await start(t, work, { folder, made, proved: made });
  assert.equal(backups.status().made, made);
  await clock.advance(hourMs - 1);
  assert.deepEqual(calls, []);
  await clock.advance(1);
  assert.deepEqual(calls, ['make', 'tell']);
});

test('[SRV-80] a clock that was set back does not put backups off', async (t) => {
  const { work, calls } = createWork();
  const made = createManualClock().now() + 1_000 * hourMs;
  const { clock } = await start(t, work, { folder, made, proved: made });
  await clock.advance(6 * hourMs);
  assert.deepEqual(calls, ['make', 'tell']);
});

test('[SRV-84] what fails is told in a sentence and tried again after an hour, and no heartbeat is sent', async (t) => {
  let isFull = true;
  const { work, calls } = createWork({
    make: async () => {
      if (isFull) throw new Error('No space left. Free up space.');
      return { operations: 1 };
    },
  });
  const { backups, clock, logger } = await start(t, work);
  await clock.advance(minuteMs);
  assert.deepEqual(calls, []);
  assert.deepEqual(backups.status(), { made: null, proved: null, failures: 1 });
  const [line] = logger.lines;
  assert.deepEqual(line, {
    level: 'error',
    message: 'backup failed',
    folder,
    failure: 'No space left. Free up space.',
  });
  isFull = false;
  await clock.advance(hourMs);
  assert.deepEqual(calls, ['prove', 'tell']);
});

test('[SRV-82] a backup that is not proved is mended by the next, proved again, and not called good before', async (t) => {
  let isDamaged = true;
  const { work, calls } = createWork({
    prove: async () => {
      if (isDamaged) throw new Error('Found 1 damaged item in the backup.');
    },
  });
  const { backups, clock } = await start(t, work);
  await clock.advance(minuteMs);
  assert.deepEqual(calls, ['make']);
  assert.equal(backups.status().made, null);
  isDamaged = false;
  await clock.advance(hourMs);
  assert.deepEqual(calls, ['make', 'make and verify', 'tell']);
  assert.notEqual(backups.status().proved, null);
});

test('[SRV-83] a disk that is not mounted any more is not filled with a first backup', async (t) => {
  const { work, calls } = createWork({ isThere: async () => false });
  const made = createManualClock().now() - 6 * hourMs;
  const { clock, logger } = await start(t, work, { folder, made, proved: made });
  await clock.advance(minuteMs);
  assert.deepEqual(calls, []);
  assert.match(
    String(logger.lines[0]?.['failure']),
    /^There's no backup in \/mnt\/backup any more.*is mounted/,
  );
});

test('[SRV-84] a heartbeat that is not heard is a line in the log and nothing else', async (t) => {
  const { work } = createWork({
    tellHeartbeat: async () => {
      throw new Error('hc.example.org answered the heartbeat with 500.');
    },
  });
  const { backups, clock, logger } = await start(t, work);
  await clock.advance(minuteMs);
  assert.deepEqual(
    logger.lines.map(({ message }) => message),
    ['backup made', 'backup proved', 'heartbeat not delivered'],
  );
  assert.equal(backups.status().failures, 0);
});

test('[SRV-80] a server that stops ends the backup that runs, and complains of nothing', async (t) => {
  const { promise, reject } = Promise.withResolvers<never>();
  const { work } = createWork({ make: () => promise, stop: () => reject(new Error('ended')) });
  const { backups, clock, logger } = await start(t, work);
  const advanced = clock.advance(minuteMs);
  await backups.stop();
  await advanced;
  assert.deepEqual([logger.lines, clock.pending()], [[], 0]);
});
