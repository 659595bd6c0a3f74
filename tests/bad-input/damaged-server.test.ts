import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createDevice, joinAccount, makeAccount } from '../world/device.ts';
import { assertFails, type ExpectedFailure } from '../world/failures.ts';
import { filesBelow } from '../world/folder-digest.ts';
import { listNotes } from '../world/listings.ts';
import { pseudoRandomBytes } from '../world/pseudo-random.ts';
import { startServerHere } from '../world/server-here.ts';
import { createWorld } from '../world/world.ts';

const absent = { exitCode: 1, code: 'not-found' };
const altered = { exitCode: 6, code: 'integrity' };

const damages: readonly (readonly [
  title: string,
  expected: Pick<ExpectedFailure, 'exitCode' | 'code'>,
  damage: (path: string, chunk: Buffer) => Promise<void> | void,
])[] = [
  ['lost', absent, (path) => rm(path)],
  ['altered', altered, (path, chunk) => writeFile(path, chunk)],
  ['cut short', altered, (path) => truncateSync(path, 1_000)],
];

for (const [title, expected, damage] of damages)
  test(`a piece of a file that a server has ${title} is noticed, and everything else arrives`, async (t) => {
    const world = await createWorld(t);
    const server = await startServerHere(world);
    const first = createDevice(world, 'first');
    const passphrase = await makeAccount(first, server.address);
    await first.done(['space', 'add', 'Inbox']);
    const file = join(world.folder, 'pieces.bin');
    writeFileSync(file, pseudoRandomBytes(1, 6_000_000));
    await first.done(['note', 'add', 'With a file of six pieces', '--file', file]);
    await first.done(['note', 'add', 'Without a file']);
    await first.done(['sync']);
    // The last piece of a file may be nothing but padding, and only the devices know which that is: one of two has content.
    const chunks = await filesBelow(join(server.dataFolder, 'chunks'));
    for (const chunk of chunks.slice(0, 2)) await damage(chunk, pseudoRandomBytes(2, 1_000_033));

    const second = createDevice(world, 'second');
    await joinAccount(second, server.address, passphrase);
    const { stdout } = await second.run(['sync', '--json']);
    const report = JSON.parse(stdout) as { filesReceived: number; filesMissing: number };
    assert.deepEqual([report.filesReceived, report.filesMissing], [0, 1]);
    assert.equal((await listNotes(second)).length, 2);
    await assertFails(second, ['export', join(world.folder, 'out')], {
      ...expected,
      message: /“pieces\.bin” isn't on this device/,
    });
    await first.done(['export', join(world.folder, 'out of the first')]);
  });
