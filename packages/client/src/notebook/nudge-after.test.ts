import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeyring, unlockKeyring } from '@dataans/core';
import { createNodePrimitives } from '../node/primitives.ts';
import { openTestStore, readNote, startMs } from '../testing/test-store.ts';
import { createNotebook } from './create-notebook.ts';
import { nudgeAfter } from './nudge-after.ts';

const primitives = createNodePrimitives();

test('a sync is nudged after each change that was recorded, and after none that was refused', async (t) => {
  const store = openTestStore(t);
  const keyring = await unlockKeyring(primitives, createKeyring(primitives));
  const recordedAtNudge: number[] = [];
  const notebook = nudgeAfter(
    createNotebook({ store, primitives, readKeyring: async () => keyring, clock: { now: () => startMs } }),
    () => recordedAtNudge.push(store.log.operationCount()),
  );
  await notebook.nameDevice('Laptop');
  const space = await notebook.addSpace('Inbox');
  await notebook.renameSpace(space.id, 'Later');
  const note = await notebook.addNote({ space: space.id, text: 'a' });
  await notebook.editNote(note, { text: 'b' });
  await notebook.removeNote(readNote(store, note.id));
  await notebook.removeSpace(space.id);
  await notebook.record(() => []);
  assert.deepEqual(recordedAtNudge, [1, 2, 3, 4, 5, 6, 7, 7]);
  await assert.rejects(notebook.addSpace(''), { code: 'invalid' });
  assert.equal(recordedAtNudge.length, 8);
});
