import assert from 'node:assert/strict';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { identifyFile } from '../../packages/client/src/node/file-identity.ts';
import { assertWhole, copyHome } from './healing-world.ts';
import { addNotes, makeHome, noAccess, noteTexts, password, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

function deviceOf(home: TestHome): string {
  return home.store.log.writer().device;
}

function deviceNames(home: TestHome): readonly string[] {
  return home.store.entities.devices().map(({ value }) => value.name);
}

/** A copy that nothing on it tells from the original, as of a whole disk. */
async function copyUnnoticed(t: TestContext, home: TestHome): Promise<TestHome> {
  const copy = await copyHome(t, home);
  const path = join(copy.directory, 'store.sqlite');
  const database = new DatabaseSync(path);
  database.prepare("UPDATE facts SET value = ? WHERE name = 'file'").run(identifyFile(path));
  database.close();
  assert.equal(deviceOf(copy), deviceOf(home));
  return copy;
}

test('[STO-18] [STO-19] two homes of which one is a copy of the other both write, and nothing is lost', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1);
  await sync(a);
  await addNotes(a, 1); // Waits in both outboxes.
  const copy = await copyHome(t, a);
  assert.notEqual(deviceOf(copy), deviceOf(a));
  await addNotes(copy, 2);
  await addNotes(a, 2);
  assert.deepEqual(deviceNames(copy), ['Laptop', 'Laptop (2)']);
  const reports = [await sync(a), await sync(copy), await sync(a)];
  assert.deepEqual(
    reports.map(({ problems, healed }) => [problems, healed]),
    reports.map(() => [[], null]),
  );
  assert.equal(noteTexts(a).length, 6);
  assert.deepEqual(deviceNames(a), ['Laptop', 'Laptop (2)']);
  await assertWhole(t, address, a, copy);
});

test('[STO-18] an older store in the place of the file is noticed before its first change', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1);
  await sync(a);
  const device = deviceOf(a);
  const path = join(a.directory, 'store.sqlite');
  await a.close();
  await copyFile(path, `${path}.backup`);
  const again = await makeHome(t, { directory: a.directory });
  await addNotes(again, 2);
  await sync(again);
  await again.close();
  await writeFile(path, await readFile(`${path}.backup`));
  const restored = await makeHome(t, { directory: a.directory });
  await addNotes(restored, 1);
  assert.notEqual(deviceOf(restored), device);
  assert.deepEqual(deviceNames(restored), ['Laptop', 'Laptop (2)']);
  assert.deepEqual((await sync(restored)).problems, []);
  assert.equal(noteTexts(restored).length, 4);
  await assertWhole(t, address, restored);
});

test('[STO-7] two homes that nothing tells apart write under the same numbers, and nothing is lost', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1);
  await sync(a);
  const clone = await copyUnnoticed(t, a);
  const device = deviceOf(a);
  await addNotes(a, 3);
  await addNotes(clone, 2);
  await sync(a);
  const report = await sync(clone);
  assert.deepEqual([report.problems, report.healed], [[], null]);
  assert.notEqual(deviceOf(clone), device);
  await sync(a);
  assert.notEqual(deviceOf(a), device);
  await addNotes(clone, 1);
  await addNotes(a, 1);
  for (const home of [a, clone, a, clone]) await sync(home);
  assert.equal(noteTexts(a).length, 8);
  await assertWhole(t, address, a, clone);
  for (const home of [a, clone]) assert.deepEqual(home.store.log.holes(), []);
});

test('[STO-7] a disk that was put back to an older copy and writes before its next sync loses nothing', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 1);
  await sync(a);
  const restored = await copyUnnoticed(t, a);
  const device = deviceOf(a);
  await addNotes(a, 1); // The same numbers of the same device, twice.
  await sync(a);
  await a.close();
  await addNotes(restored, 3);
  assert.deepEqual((await sync(restored)).problems, []);
  assert.notEqual(deviceOf(restored), device);
  await addNotes(restored, 1);
  assert.equal(noteTexts(restored).length, 6);
  await assertWhole(t, address, restored);
  assert.deepEqual(restored.store.log.holes(), []);
});

test('[STO-37] a home whose store is gone says so and makes no other one, until somebody signs in again', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await addNotes(a, 2);
  await sync(a);
  await a.close();
  await rm(join(a.directory, 'store.sqlite'));
  const home = await makeHome(t, { directory: a.directory });
  const isMissing = { code: 'storage-unusable', message: /notes of this device are missing/ };
  for (const use of [() => home.status(), () => home.store]) assert.throws(use, isMissing);
  await assert.rejects(home.notebook(), isMissing);
  const question = { server: address, access: noAccess, signal: AbortSignal.timeout(60_000) };
  assert.equal(await home.renewAccess(question), false);
  assert.ok(home.isStoreLost());

  const passphrase = home.profile()?.passphrase ?? null;
  await home.signIn({ ...question, password, passphrase, device: 'Laptop' });
  await sync(home);
  assert.equal(noteTexts(home).length, 2);
});
