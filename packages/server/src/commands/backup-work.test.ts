import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { lookAfterBackups, type BackupWork } from '../backups/look-after-backups.ts';
import { createOwnCommand } from '../backups/own-command.ts';
import { every } from '../backups/schedule.ts';
import { tellHeartbeat } from '../backups/heartbeat.ts';
import { startServer } from '../start-server.ts';
import { checkBackup } from '../storage/backup/check-backup.ts';
import { makeBackup } from '../storage/backup/make-backup.ts';
import { listBackups } from '../storage/backup/kept-backups.ts';
import { restoreBackup } from '../storage/backup/restore-backup.ts';
import { pathOfChunk } from '../storage/disk/disk-chunk-files.ts';
import { createDiskBackupRecord } from '../storage/disk/disk-backup-record.ts';
import { afterTest } from '../testing/after-test.ts';
import { fillDataFolder, foldersFor } from '../testing/filled-data-folder.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createRecordedLogger } from '../testing/recorded-logger.ts';
import { createBackupWork } from './backup-work.ts';

const hourMs = 3_600_000;
const program = [process.execPath, join(import.meta.dirname, '../../bin/dataans-server.mjs')] as const;
const noProgress = () => {};

test('[SRV-80] [SRV-82] [SRV-85] a server backs itself up, proves it, tells a heartbeat, and says how old it is', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, { operations: 3, chunkBytes: [100] });
  const heard: string[] = [];
  const heartbeat = createServer((request, answer) => {
    heard.push(`${request.method} ${request.url}`);
    answer.end();
  }).listen(0, '127.0.0.1');
  await once(heartbeat, 'listening');
  afterTest(t, () => heartbeat.close());
  const address = heartbeat.address();
  assert.ok(address !== null && typeof address === 'object');

  const clock = createManualClock();
  const logger = createRecordedLogger();
  const work = createBackupWork({
    folder: backup,
    heartbeatUrl: new URL(`http://127.0.0.1:${address.port}/my-check`),
    command: createOwnCommand(program, { DATAANS_DATA: data, DATAANS_BACKUP_TO: backup }),
    configWords: [],
  });
  const plan = { folder: backup, schedule: every('6h', 6 * hourMs), work };
  const server = await startServer({ dataFolder: data, clock, logger, backup: plan });
  afterTest(t, () => server.close());
  const age = async () =>
    ((await (await fetch(`${server.address}/health`)).json()) as Record<string, unknown>)['backupAgeSeconds'];
  assert.equal(await age(), null);
  await clock.advance(60_000);
  assert.deepEqual(heard, ['GET /my-check'], JSON.stringify(logger.lines));
  assert.deepEqual(
    logger.lines.filter(({ level }) => level !== 'debug').map(({ message, first }) => [message, first]),
    [
      ['backup made', true],
      ['backup proved', undefined],
    ],
  );
  await clock.advance(90_000);
  assert.equal(await age(), 90);
  const metrics = await (await fetch(`${server.address}/metrics`)).text();
  assert.match(
    metrics,
    new RegExp(`^dataans_backup_last_success_timestamp_seconds ${(clock.now() - 90_000) / 1_000}$`, 'm'),
  );
  assert.match(metrics, /^dataans_backup_failures_total 0$/m);
  assert.equal((await checkBackup(backup, noProgress)).manifest.head, 3);
});

test('[SRV-80] what our own command says of a failure comes back as its sentence', async (t) => {
  const { data, backup } = await foldersFor(t);
  const command = createOwnCommand(program, { DATAANS_DATA: data });
  const work = createBackupWork({ folder: backup, heartbeatUrl: null, command, configWords: [] });
  await assert.rejects(work.make(false), { message: /isn't a server's data folder/ });
});

test('[SRV-84] a heartbeat that is refused is a sentence that does not tell its path', async () => {
  const answer = async () => new Response('', { status: 404 });
  await assert.rejects(tellHeartbeat(new URL('https://hc.example.org/secret'), answer), {
    message:
      'hc.example.org answered the heartbeat with 404. Check DATAANS_HEARTBEAT_URL and the connection to hc.example.org.',
  });
});

test('[SRV-81] a week of backups keeps what was asked, each can be restored, and the newest is whole', async (t) => {
  const { data, backup } = await foldersFor(t);
  const clock = createManualClock(Date.UTC(2026, 2, 2)); // A Monday.
  const keep = { days: 3, weeks: 2, months: 1 };
  const failing = new Set([5, 6]);
  let runs = 0;
  const work: BackupWork = {
    make: async (verify) => {
      runs += 1;
      if (failing.has(runs)) throw new Error('The disk was away.');
      await fillDataFolder(data, { operations: 1, chunkBytes: [10] });
      await makeBackup({
        dataFolder: data,
        folder: backup,
        verify,
        keep,
        now: clock.now(),
        program: '1',
        onProgress: noProgress,
      });
      return {};
    },
    prove: async () => assert.equal((await checkBackup(backup, noProgress)).damage.count, 0),
    isThere: async () => true,
    tellHeartbeat: async () => {},
    stop: () => {},
  };
  const schedule = every('6h', 6 * hourMs);
  const kept = createDiskBackupRecord(join(data, 'last-backup.json'));
  const backups = await lookAfterBackups({
    folder: backup,
    schedule,
    work,
    kept,
    clock,
    logger: createRecordedLogger(),
  });
  afterTest(t, () => backups.stop());
  await clock.advance(8 * 24 * hourMs);
  assert.equal(backups.status().failures, 2);

  const listed = await listBackups(backup);
  // The newest of the second Monday, of Sunday (which is the first week's) and of Saturday.
  assert.deepEqual(
    listed.map(({ made }) => made.slice(0, 10)),
    ['2026-03-07', '2026-03-08', '2026-03-09'],
  );
  assert.equal((await readdir(backup)).filter((name) => /^log-\d+\.sqlite$/.test(name)).length, 3);
  for (const { number, head } of listed) {
    const restored = await restoreBackup({
      folder: backup,
      dataFolder: `${data}-${number}`,
      number,
      onProgress: noProgress,
    });
    assert.equal(restored.manifest.head, head);
  }
  const other = restoreBackup({
    folder: backup,
    dataFolder: `${data}-other`,
    number: 1,
    onProgress: noProgress,
  });
  await assert.rejects(other, {
    message: /^There's no backup 1 in .*Choose one of these: \d+ \(made at 2026-03-07/,
  });
});

test('[SRV-81] a backup without a rule leaves the ones that are kept', async (t) => {
  const { data, backup } = await foldersFor(t);
  await fillDataFolder(data, { operations: 1, chunkBytes: [10] });
  const make = (day: number, keep: { days: number; weeks: number; months: number } | null) =>
    makeBackup({
      dataFolder: data,
      folder: backup,
      verify: false,
      keep,
      now: Date.UTC(2026, 0, day),
      program: '1',
      onProgress: noProgress,
    });
  await make(1, null);
  await make(2, { days: 7, weeks: 0, months: 0 });
  await make(3, null);
  assert.deepEqual(
    (await listBackups(backup)).map(({ number }) => number),
    [1, 3],
  );
});

test('[SRV-82] a check of a backup finds a changed log, a changed chunk and a chunk that is gone', async (t) => {
  const { data, backup } = await foldersFor(t);
  const [changed, gone] = await fillDataFolder(data, { operations: 1, chunkBytes: [10, 20] });
  assert.ok(changed !== undefined && gone !== undefined);
  const options = { dataFolder: data, folder: backup, program: '1', onProgress: noProgress };
  await makeBackup({ ...options, verify: false, now: 0 });
  await writeFile(pathOfChunk(backup, changed), Buffer.alloc(10));
  await rm(pathOfChunk(backup, gone));
  const log = join(backup, 'log-1.sqlite');
  const bytes = await readFile(log);
  await writeFile(log, bytes.fill(1, bytes.length - 10));
  const { damage } = await checkBackup(backup, noProgress);
  assert.deepEqual(damage.first, [
    'log-1.sqlite: other bytes',
    `chunk ${changed}: its bytes are not the ones it was stored with`,
    'chunks: 1 of 2 are gone',
  ]);
  await makeBackup({ ...options, verify: true, now: 1 });
  assert.equal((await checkBackup(backup, noProgress)).damage.count, 0);
});
