import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHolding } from '../files/holding.ts';
import { createSystemClock } from './clock.ts';
import { createHoldLock } from './hold-lock.ts';

test('[STO-53] what one program seals another one gives up only afterwards, and the other way round', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-hold-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'hold.lock.sqlite');
  const [one, two, three] = [1, 2, 3].map(() => createHolding(createHoldLock(path, createSystemClock())));
  assert.ok(one !== undefined && two !== undefined && three !== undefined);
  const told: string[] = [];
  const [sealing, freeing, begun] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  assert.ok(sealing !== undefined && freeing !== undefined && begun !== undefined);
  const first = one.hold(async () => {
    await sealing.promise;
    told.push('sealed');
  });
  const given = two.giveUp(async () => {
    told.push('freeing');
    begun.resolve();
    await freeing.promise;
    told.push('freed');
  });
  await three.hold(async () => told.push('sealed beside the first'));
  await two.hold(async () => told.push('sealed where one waits to free'));
  await assert.rejects(
    three.giveUp(
      async () => {
        told.push('never');
      },
      AbortSignal.abort(new Error('enough')),
    ),
    /enough/,
  );
  sealing.resolve();
  await Promise.all([first, begun.promise]);
  const last = one.hold(async () => told.push('sealed again'));
  freeing.resolve();
  await Promise.all([given, last]);
  assert.deepEqual(told, [
    'sealed beside the first',
    'sealed where one waits to free',
    'sealed',
    'freeing',
    'freed',
    'sealed again',
  ]);
});
