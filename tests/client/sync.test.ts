import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteTexts, signedIn, startServer, sync } from './world.ts';

test('[SYN-9] what one device recorded is on the other after both have synced', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  const notebook = await a.notebook();
  const space = await notebook.addSpace('Recipes');
  for (let number = 0; number < 30; number += 1)
    await notebook.addNote({ space: space.id, text: `note ${number}` });
  const sent = await sync(a);
  assert.equal(sent.sent, 32);
  assert.deepEqual(sent.problems, []);
  const b = await signedIn(t, address, a);
  const received = await sync(b);
  assert.equal(received.received, 32);
  assert.equal(received.sent, 1);
  assert.deepEqual(noteTexts(b), noteTexts(a));
  assert.equal((await sync(a)).received, 1);
  assert.equal((await sync(a)).received, 0);
});
