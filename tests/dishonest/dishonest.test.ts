import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { lies, type ToldLie } from './lies.ts';
import { createDishonestWorld, type DishonestWorld } from './world.ts';

describe('a server that lies is noticed, named and does no harm, and is believed again when it is honest', () => {
  let world: DishonestWorld;
  before(async () => {
    world = await createDishonestWorld();
  });
  after(() => world.close());

  for (const told of lies) test(`[VFY-1] ${told.title}: ${told.finding}`, () => tell(world, told));
});

async function tell(world: DishonestWorld, { to, by, lie, finding }: ToldLie): Promise<void> {
  const device = await world.prepare(to);
  const notes = await world.notesOf(device);
  world.server.lie(lie);
  for (const command of by) await world.run(device, command);
  assert.ok(world.server.told() > 0, 'the lie was not told');
  const shown = await world.findings(device, ['status']);
  assert.ok(
    shown.kinds.includes(finding),
    `${finding} is not among ${shown.kinds.join(', ') || 'no findings'}`,
  );
  assert.equal(shown.exitCode, 6);
  const whileLying = await world.notesOf(device);
  assert.deepEqual(whileLying.slice(0, notes.length), notes);
  for (const note of whileLying.slice(notes.length)) assert.ok(world.written.has(note), note);
  await world.assertChunksWhole(device);

  world.server.lie(null);
  await world.succeed(device, ['sync']);
  await world.succeed(device, ['verify', '--deep']);
  assert.deepEqual((await world.findings(device, ['status'])).kinds, []);
  await world.assertSame(device);
}
