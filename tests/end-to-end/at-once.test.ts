import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Device } from '../world/device.ts';
import { listNotes } from '../world/listings.ts';
import type { Program } from '../world/program.ts';
import { startServer } from '../world/server.ts';
import { createTwoDevices } from '../world/two-devices.ts';
import { createWorld } from '../world/world.ts';

/** A second is what people are promised; this only keeps a broken watch from hanging the test. */
const hungAfterMs = 60_000;

test('with sync --watch on both, a note added by another command arrives on the other device', async (t) => {
  const world = await createWorld(t);
  const { first, second } = await createTwoDevices(world, async (device) => {
    await device.done(['space', 'add', 'Inbox']);
  });
  const watches = [first, second].map((device) => device.start(['sync', '--watch', '--json']));
  for (const watch of watches) await watch.waitForLine(isEvent('connected'));

  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const)
    for (const text of [`Written on the ${from.name} device`, `And another on the ${from.name}`]) {
      await from.done(['note', 'add', text]);
      const startMs = performance.now();
      await waitForNote(to, text);
      t.diagnostic(`${from.name} → ${to.name}: seen after ${Math.round(performance.now() - startMs)} ms`);
    }

  for (const watch of watches) assert.equal(await interrupt(watch), 0);
});

test('a watch outlives its server and brings what was written meanwhile', async (t) => {
  const world = await createWorld(t);
  const { server, first, second } = await createTwoDevices(world, async (device) => {
    await device.done(['space', 'add', 'Inbox']);
  });
  const { port } = new URL(server.address);
  const watch = first.start(['sync', '--watch', '--json']);
  await watch.waitForLine(isEvent('connected'));
  await server.stop();
  await watch.waitForLine(isEvent('disconnected'));
  await first.done(['note', 'add', 'Written while the server was away']);
  await startServer(world, { env: { DATAANS_PORT: port } });
  await watch.waitForLine((line) => /"synced".*"sent":1/.test(line));
  await second.done(['sync']);
  await waitForNote(second, 'Written while the server was away');
  assert.equal(await interrupt(watch), 0);
});

test('eight commands at once on one home all succeed', async (t) => {
  const world = await createWorld(t);
  const { first, second } = await createTwoDevices(world, async (device) => {
    await device.done(['space', 'add', 'Inbox']);
  });
  const texts = Array.from({ length: 8 }, (_, number) => `Note number ${number}`);
  await Promise.all(texts.map((text) => first.done(['note', 'add', text])));
  assert.deepEqual((await listNotes(first)).map((note) => note.title).toSorted(), texts);

  await Promise.all([
    first.done(['sync']),
    first.done(['sync']),
    first.done(['note', 'add', 'While it syncs', '--space', 'Inbox']),
    first.done(['search', 'number']),
    first.done(['note', 'list']),
    first.done(['status']),
    first.done(['export', `${world.folder}/out`]),
    first.done(['space', 'add', 'Another']),
  ]);
  await first.done(['sync']);
  await second.done(['sync']);
  assert.deepEqual(
    (await listNotes(second)).map((note) => note.title).toSorted(),
    [...texts, 'While it syncs'].toSorted(),
  );
});

function isEvent(type: string): (line: string) => boolean {
  return (line) => line.includes(`"type":"${type}"`);
}

async function waitForNote(device: Device, title: string): Promise<void> {
  const deadline = performance.now() + hungAfterMs;
  while (!(await listNotes(device)).some((note) => note.title === title)) {
    assert.ok(performance.now() < deadline, `“${title}” did not arrive on the ${device.name} device.`);
    // What is asked runs in this process, and may leave no turn to what else does.
    await nextTurn();
  }
}

async function interrupt(watch: Program): Promise<number | null> {
  watch.kill('SIGINT');
  return (await watch.ended).exitCode;
}
