import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWhole, copyHome } from './healing-world.ts';
import { addNotes, noteTexts, signedIn, startServer, sync } from './world.ts';

test('[STO-7] a home that was put back to an older copy and writes before its next sync loses nothing', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1);
  await sync(a);
  const restored = await copyHome(t, a);
  await addNotes(a, 1); // The same numbers of the same device, twice.
  await sync(a);
  await addNotes(restored, 1);
  assert.deepEqual(restored.store.log.writer().device, a.store.log.writer().device);
  const report = await sync(restored);
  assert.deepEqual([report.problems, report.healed], [[], null]);
  assert.notEqual(restored.store.log.writer().device, a.store.log.writer().device);
  await sync(a);
  await addNotes(restored, 1);
  await addNotes(a, 1);
  for (const home of [a, restored, a, restored]) await sync(home);
  assert.equal(noteTexts(a).length, 5);
  await assertWhole(t, address, a, restored);
});
