import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { bytesToHex, encodeFrames, randomBytesToUuid, type Frame, type LogId } from '@dataans/core';
import { sha256 } from '../../hash.ts';
import { createHeadFeed, type HeadListener } from '../../log/head-feed.ts';
import { testLogPair } from '../../log/log-pair.contract.ts';
import { testLogStore } from '../../log/log-store.contract.ts';
import { envelopeFrame, envelopeFrames } from '../../testing/frames.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openSqliteLog } from './sqlite-log.ts';
import { afterTest } from '../../testing/after-test.ts';

testLogStore('SQLite log', async (t) => {
  const log = openLog(join(await temporaryFolder(t), 'log.sqlite'));
  afterTest(t, () => log.close());
  return log;
});

testLogPair('SQLite log', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const heads = createHeadFeed();
  const open = () => {
    const log = openLog(path, heads.notify);
    afterTest(t, () => log.close());
    return { log, heads };
  };
  return [open(), open()];
});

test('[SRV-10] a reopened log is where it was, with the id that it was made with', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const before = openLog(path);
  await before.append(envelopeFrames('operation', 3));
  await before.putAccount(new Uint8Array([1, 2, 3]), { kind: 'absent' });
  const head = await before.head();
  await before.close();

  const after = openLog(path);
  afterTest(t, () => after.close());
  assert.deepEqual(await after.head(), head);
  assert.deepEqual([...((await after.account()) ?? [])], [1, 2, 3]);
});

test('[SRV-11] an operation that was pruned is known by its hash', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const log = openLog(path);
  afterTest(t, () => log.close());
  const frame = envelopeFrame('a');
  await log.append([frame]);
  const other = new DatabaseSync(path);
  other.prepare('UPDATE operations SET kind = 1, body = ?').run(sha256(frame.body));
  other.close();

  const again = await log.append([frame]);
  assert.ok(again.ok);
  assert.deepEqual(again.already, [0]);
  assert.deepEqual(await log.append([{ ...frame, body: frame.body.map((byte) => byte ^ 1) }]), {
    ok: false,
    code: 'conflict',
    place: 0,
  });
  const page = await log.readPage({ after: 0, chain: null, operationsMax: 1, bytesMax: 1000 });
  assert.ok(page.ok);
  const pruned: Frame = { kind: 'pruned', id: frame.id, body: sha256(frame.body) };
  assert.equal(bytesToHex(page.frames), bytesToHex(encodeFrames([pruned])));
});

test('[SRV-13] a page leaves out no operation, however damaged it is', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const log = openLog(path);
  afterTest(t, () => log.close());
  await log.append(envelopeFrames('operation', 3));
  const other = new DatabaseSync(path);
  other.exec('UPDATE operations SET kind = 300 WHERE seq = 2');
  other.close();
  const question = { after: 0, chain: null, operationsMax: 3, bytesMax: 1000 };
  await assert.rejects(log.readPage(question), { message: 'An operation of the log is damaged.' });
  assert.ok((await log.readPage({ ...question, operationsMax: 1 })).ok);
});

test('[SRV-18] the database and its side files can be read by their owner alone', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const log = openLog(path);
  afterTest(t, () => log.close());
  await log.append([envelopeFrame('a')]);
  for (const suffix of ['', '-wal', '-shm'])
    assert.equal((await stat(path + suffix)).mode & 0o777, 0o600, suffix);
});

test('[SRV-22] a schema newer than this server knows is refused in a sentence and left alone', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  await openLog(path).close();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  assert.throws(() => openLog(path), {
    name: 'OperatorError',
    message: /written by a newer dataans-server \(schema 99, this one knows 1\)/,
  });
  const untouched = new DatabaseSync(path);
  afterTest(t, () => untouched.close());
  assert.equal(untouched.prepare('PRAGMA user_version').get()?.['user_version'], 99);
});

test('[SRV-9] a log whose making failed leaves no half of one behind', async (t) => {
  const path = join(await temporaryFolder(t), 'log.sqlite');
  const failing = { path, hash: sha256, newLogId: () => assert.fail('no randomness') };
  assert.throws(() => openSqliteLog(failing), /no randomness/);
  const log = openLog(path);
  afterTest(t, () => log.close());
  assert.equal((await log.head()).seq, 0);
});

function openLog(path: string, onAppended: HeadListener = () => {}) {
  return openSqliteLog({
    path,
    onAppended,
    hash: sha256,
    newLogId: () => randomBytesToUuid<LogId>(randomBytes(16)),
  });
}
