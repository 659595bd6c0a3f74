import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asNobody, whyNotAnotherUser } from '../world/another-user.ts';
import { createDevice, makeAccount } from '../world/device.ts';
import { assertFails } from '../world/failures.ts';
import { digestFolder } from '../world/folder-digest.ts';
import { listNotes } from '../world/listings.ts';
import { startServerHere } from '../world/server-here.ts';
import { makeSmallDisk, whyNoSmallDisk } from '../world/small-disk.ts';
import { createWorld } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';

const unwritable = { exitCode: 1, code: 'storage-unusable', message: /^Can't use .+: .+\./ };

test(
  'a home on a disk that became read-only says so at each change, and loses nothing',
  { skip: whyNoSmallDisk() },
  async (t) => {
    const world = await createWorld(t);
    const server = await startServerHere(world);
    const disk = await makeSmallDisk(world, 'disk', 8_000_000);
    const device = createDevice(world, 'laptop', { home: join(disk.folder, 'home'), under: disk.under });
    await makeAccount(device, server.address);
    await device.done(['space', 'add', 'Inbox']);
    await device.done(['note', 'add', 'Written while that was possible']);
    await writeBelow(join(world.folder, 'notes'), 'note.md', 'text\n');

    const before = await digestFolder(join(disk.seenFromHere, 'home'));
    await disk.mount('ro');
    for (const command of [
      ['note', 'add', 'Another'],
      ['space', 'add', 'Another'],
      ['import', join(world.folder, 'notes')],
      ['sync'],
    ])
      await assertFails(device, command, unwritable);
    assert.deepEqual(await digestFolder(join(disk.seenFromHere, 'home')), before);

    await disk.mount('rw');
    await device.done(['sync']);
    assert.deepEqual(
      (await listNotes(device)).map((note) => note.title),
      ['Written while that was possible'],
    );
  },
);

test(
  'a home of another user is refused in a sentence, and stays as it was',
  { skip: whyNotAnotherUser() },
  async (t) => {
    const world = await createWorld(t);
    chmodSync(world.folder, 0o755);
    const server = await startServerHere(world);
    const owner = createDevice(world, 'owner');
    await makeAccount(owner, server.address);
    await owner.done(['space', 'add', 'Inbox']);
    await owner.done(['note', 'add', 'Mine']);
    const stranger = createDevice(world, 'stranger', { home: owner.home, under: asNobody });
    const before = await digestFolder(owner.home);
    for (const command of [
      ['note', 'add', 'Not mine'],
      ['note', 'list'],
      ['sync'],
      ['sign-in', server.address],
    ])
      await assertFails(stranger, command, unwritable, { env: { DATAANS_PASSWORD: 'guess' } });
    assert.deepEqual(await digestFolder(owner.home), before);
    assert.equal((await listNotes(owner)).length, 1);
  },
);
