import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { smallDisk, whyNoSmallDisk } from '../../packages/server/src/testing/small-disk.ts';
import { attachRandomFile } from './attach.ts';
import { addNotes, makeHome, noteTexts, signedIn, startServer, sync } from './world.ts';

const skip = whyNoSmallDisk();

test(
  'a full disk ends a download with a sentence, and it goes on when there is room',
  { skip },
  async (t) => {
    const { address } = await startServer(t);
    const a = await signedIn(t, address);
    await addNotes(a, 20);
    await attachRandomFile(a, 12_000_000);
    await sync(a);
    const directory = await smallDisk(t, 8);
    const b = await signedIn(t, address, a, { directory });
    await assert.rejects(sync(b), { code: 'storage-full' });
    assert.deepEqual(noteTexts(b), noteTexts(a));
    execFileSync('/bin/mount', ['-o', 'remount,size=40m', directory]);
    assert.equal((await sync(b)).filesReceived, 1);
  },
);

test('a full disk refuses a note with a sentence, and keeps what was there', { skip }, async (t) => {
  const { address } = await startServer(t);
  const directory = await smallDisk(t, 1);
  const a = await signedIn(t, address, undefined, { directory });
  await addNotes(a, 3);
  const notebook = await a.notebook();
  const [first] = a.store.entities.spaces();
  assert.ok(first !== undefined);
  const text = randomBytes(450_000).toString('hex');
  await assert.rejects(
    async () => {
      for (let number = 0; number < 20; number += 1) await notebook.addNote({ space: first.space.id, text });
    },
    { code: 'storage-full' },
  );
  execFileSync('/bin/mount', ['-o', 'remount,size=40m', directory]);
  assert.equal(noteTexts(a).filter((found) => found.startsWith('note ')).length, 3);
  assert.equal((await sync(a)).problems.length, 0);
});

test(
  'a home on a read-only disk says so, and what was there is still there when it can be written again',
  { skip },
  async (t) => {
    const { address } = await startServer(t);
    const directory = await smallDisk(t, 40);
    const a = await signedIn(t, address, undefined, { directory });
    await addNotes(a, 3);
    await a.close();
    execFileSync('/bin/mount', ['-o', 'remount,ro', directory]);
    const unwritable = await makeHome(t, { directory });
    await assert.rejects(addNotes(unwritable, 1), { code: 'storage-unusable', message: /read-only/ });
    execFileSync('/bin/mount', ['-o', 'remount,rw', directory]);
    assert.equal(noteTexts(await makeHome(t, { directory })).length, 3);
  },
);
