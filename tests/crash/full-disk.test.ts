import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createChance } from '../world/chance.ts';
import { createDevice, makeAccount } from '../world/device.ts';
import { assertSameFolders } from '../world/compare-folders.ts';
import { listNotes } from '../world/listings.ts';
import { pseudoRandomBytes } from '../world/pseudo-random.ts';
import { startServer } from '../world/server.ts';
import { makeSmallDisk, whyNoSmallDisk } from '../world/small-disk.ts';
import { createWorld } from '../world/world.ts';
import { writeBelow } from '../world/write-below.ts';
import { assertHoldsAcknowledged, createReadLog } from './acknowledged-by-server.ts';
import { killAfter } from './kill.ts';
import { createServerLedger } from './server-ledger.ts';
import { startServerLoad } from './server-load.ts';

const skip = whyNoSmallDisk();
const diskBytes = 10_000_000;
const leftBytes = 1_500_000;

test(
  '[SRV-6] [SRV-10] a disk that fills up under load, and a kill while it is full, lose nothing that the server acknowledged',
  { skip },
  async (t) => {
    const world = await createWorld(t);
    const disk = await makeSmallDisk(world, 'disk', diskBytes);
    const dataFolder = join(disk.folder, 'data');
    const start = () => startServer(world, { dataFolder, under: disk.under });
    const chance = createChance('1');
    const ledger = createServerLedger();
    const seen = createReadLog();
    let server = await start();
    disk.fill(leftBytes);
    await startServerLoad(server.address, ledger, chance).ended;
    assert.equal((await fetch(`${server.address}/health`)).status, 503);
    assert.ok(ledger.acknowledged.size > 0 && ledger.chunks.size > 0);
    await assertHoldsAcknowledged(server.address, ledger, seen);

    server.program.kill('SIGKILL');
    await server.program.ended;
    server = await start();
    await assertHoldsAcknowledged(server.address, ledger, seen);

    disk.makeRoom();
    const load = startServerLoad(server.address, ledger, chance);
    await load.waitForAnswers(20);
    server.program.kill('SIGKILL');
    await load.ended;
    assert.equal((await server.operate('check')).exitCode, 0);
    server = await start();
    await assertHoldsAcknowledged(server.address, ledger, seen);
  },
);

test(
  '[STO-9] an import that fills the disk of a device says so, and once there is room goes on to the same folder',
  { skip },
  async (t) => {
    const world = await createWorld(t);
    const server = await startServer(world);
    const disk = await makeSmallDisk(world, 'disk', 2 * diskBytes);
    const device = createDevice(world, 'small', { home: join(disk.folder, 'home'), under: disk.under });
    await makeAccount(device, server.address);
    const folder = join(world.folder, 'notes');
    const writeNotes = async (first: number, end: number): Promise<void> => {
      for (let number = first; number < end; number += 1) {
        await writeBelow(
          folder,
          `${number % 3}/note ${number}.md`,
          `# ${number}\n${'text\n'.repeat(20_000)}`,
        );
        await writeBelow(folder, `${number % 3}/file ${number}.bin`, pseudoRandomBytes(number + 1, 70_000));
      }
    };
    await writeNotes(0, 3);
    await device.done(['import', folder]);
    await writeNotes(3, 25);

    disk.fill(leftBytes);
    const refused = await device.run(['import', folder]);
    assert.equal(refused.exitCode, 1, refused.stdout);
    assert.match(refused.stderr, /no space|full|room/i);
    assert.doesNotMatch(refused.stderr, /^\s+at |This is a bug/m);
    assert.ok((await listNotes(device)).length >= 6);
    await killAfter(device.start(['import', folder]), 300);
    assert.ok((await listNotes(device)).length >= 6);

    disk.makeRoom();
    await device.done(['import', folder]);
    const out = join(world.folder, 'out');
    await device.done(['export', out]);
    await assertSameFolders(world, folder, out);
    await device.done(['sync']);
  },
);
