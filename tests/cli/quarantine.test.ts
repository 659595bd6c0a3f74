import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { encodeFrames, framesMediaType } from '@dataans/core';
import { createWorld, type World } from './world.ts';

async function openWorld(t: TestContext): Promise<World> {
  const world = await createWorld();
  t.after(() => world.close());
  return world;
}

async function post(address: string, body: Uint8Array): Promise<void> {
  const answer = await fetch(`${address}/v1/operations`, {
    method: 'POST',
    headers: { 'content-type': framesMediaType },
    body: Buffer.from(encodeFrames([{ kind: 'envelope', id: randomBytes(16), body }])),
  });
  assert.equal(answer.status, 200);
}

test('what came and cannot be used is listed with when, where and why, and the status counts it', async (t) => {
  const world = await openWorld(t);
  const address = await world.startServer('server');
  await world.signIn(address, 'a');
  await world.succeed('a', ['sync']);
  assert.equal(await world.succeed('a', ['quarantine', 'list']), '');
  assert.equal(await world.succeed('a', ['quarantine', 'list', '--json']), '[]\n');
  assert.doesNotMatch(await world.succeed('a', ['status']), /set aside/);

  await post(address, Buffer.concat([Uint8Array.of(2), randomBytes(99)]));
  await post(address, Buffer.concat([Uint8Array.of(1, 0xde, 0xad, 0xbe, 0xef), randomBytes(1_195)]));
  assert.match(
    await world.succeed('a', ['sync']),
    /Set aside 2 changes that this device can't use\. See: dataans quarantine list\n/,
  );
  const lines = (await world.succeed('a', ['quarantine', 'list'])).trimEnd().split('\n');
  assert.equal(lines.length, 2);
  assert.match(
    lines[0] ?? '',
    /^2\d{3}-\d\d-\d\d \d\d:\d\d {2}entry 2 {2}100 bytes +version 2 {2}- +written by a newer version of Dataans/,
  );
  assert.match(lines[1] ?? '', /entry 3 {2}1,200 bytes {2}version 1 {2}key deadbeef {2}encrypted with a key/);
  const listed = JSON.parse(await world.succeed('a', ['quarantine', 'list', '--json'])) as object[];
  assert.deepEqual(
    listed.map((each) => ({ ...each, id: '', receivedAt: '' })),
    [
      {
        id: '',
        receivedAt: '',
        sequence: 2,
        bytes: 100,
        version: 2,
        keyId: null,
        reason: 'unknown-version',
        kept: true,
      },
      {
        id: '',
        receivedAt: '',
        sequence: 3,
        bytes: 1_200,
        version: 1,
        keyId: 'deadbeef',
        reason: 'unknown-key',
        kept: true,
      },
    ],
  );
  const { stdout: status } = await world.dataans('a', ['status']);
  assert.match(status, /set aside +2 changes\n +1 written by a newer version of Dataans: update this one\n/);
  assert.match(status, /\n +1 encrypted with a key this device doesn't have: sign in again\n/);
  const { stdout: json } = await world.dataans('a', ['status', '--json']);
  const { quarantinedBy } = JSON.parse(json) as { quarantinedBy: object };
  assert.deepEqual(quarantinedBy, { 'unknown-version': 1, 'unknown-key': 1 });
});

test('[STO-26] what anybody can have written is forgotten when a person says so, and stays listed', async (t) => {
  const world = await openWorld(t);
  const address = await world.startServer('server');
  await world.signIn(address, 'a');
  assert.equal(await world.succeed('a', ['quarantine', 'forget']), 'There was nothing to forget.\n');
  await post(address, Buffer.concat([Uint8Array.of(2), randomBytes(99_999)]));
  await world.dataans('a', ['sync']);
  assert.equal(
    await world.succeed('a', ['quarantine', 'forget']),
    'Forgot the contents of 1 change, 100.0 kB. New notes use that space.\n',
  );
  const listed = JSON.parse(await world.succeed('a', ['quarantine', 'list', '--json'])) as object[];
  assert.deepEqual(
    listed.map((each) => ({ ...each, id: '', receivedAt: '' })),
    [
      {
        id: '',
        receivedAt: '',
        sequence: 1,
        bytes: 100_000,
        version: 2,
        keyId: null,
        reason: 'unknown-version',
        kept: false,
      },
    ],
  );
});

test('[STO-8] notes that a newer version wrote are refused with a sentence and what to do', async (t) => {
  const world = await openWorld(t);
  await world.signIn(await world.startServer('server'), 'a');
  const database = new DatabaseSync(join(world.folder, 'a', 'store.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  for (const args of [['note', 'list'], ['status'], ['sync']]) {
    const { exitCode, stdout, stderr } = await world.dataans('a', args);
    assert.deepEqual([exitCode, stdout], [1, '']);
    assert.equal(
      stderr,
      'These notes were written by a newer version of Dataans.\nUpdate Dataans. Nothing was changed.\n',
    );
  }
});

test('[STO-18] [STO-19] the status names a copy of a home as its other devices will', async (t) => {
  const world = await openWorld(t);
  const address = await world.startServer('server');
  const passphrase = await world.signIn(address, 'Laptop');
  await world.succeed('Laptop', ['space', 'add', 'Inbox']);
  await cp(join(world.folder, 'Laptop'), join(world.folder, 'copy'), { recursive: true });
  await world.succeed('copy', ['note', 'add', 'from the copy', '--space', 'Inbox']);
  await world.succeed('Laptop', ['note', 'add', 'from the laptop', '--space', 'Inbox']);
  assert.match(await world.succeed('copy', ['status']), /device +Laptop \(2\)\n/);
  assert.match(await world.succeed('Laptop', ['status']), /device +Laptop\n/);
  await world.succeed('copy', ['sign-in', address, '--device', 'Desktop']);
  assert.match(await world.succeed('copy', ['status']), /device +Desktop\n/);
  await world.succeed('copy', ['sign-in', address, '--passphrase', passphrase]);
  assert.match(await world.succeed('copy', ['status']), /device +Desktop\n/);
  for (const device of ['Laptop', 'copy', 'Laptop']) await world.succeed(device, ['sync']);
  for (const device of ['Laptop', 'copy'])
    assert.equal((await world.succeed(device, ['note', 'list'])).trimEnd().split('\n').length, 2);
});
