import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import { readStorageCleared } from '../status/storage-cleared.ts';
import { append, change, noteValue, numberedUuid, openTestStore, startMs } from '../testing/test-store.ts';
import type { Kept, KeptWitness } from './kept-account.ts';
import { openKeptWitness } from './kept-witness.ts';
import type { KeyStore } from './key-store.ts';
import type { EntityId } from '@dataans/core';

/** A key store that counts what is written, and a rest that ends at once. */
function createPlace(witness: KeptWitness | null = null) {
  const place = { witness, writes: 0 };
  const keys: Pick<KeyStore, 'read' | 'write'> = {
    // Only the witness is asked for.
    read: async <Name extends keyof Kept>() => place.witness as Kept[Name] | null,
    write: async (changes) => {
      place.writes += 1;
      place.witness = changes.witness ?? null;
    },
  };
  return { place, keys };
}

const clock = { now: () => startMs, sleep: () => setImmediate() };

async function openPlace(t: TestContext, given: KeptWitness | null = null) {
  const { place, keys } = createPlace(given);
  const witness = await openKeptWitness(keys, clock);
  const store = openTestStore(t);
  witness.follow(store);
  t.after(witness.end);
  const addNote = (number: number) =>
    append(store, [change('note', numberedUuid<EntityId>('1', number), noteValue())], startMs);
  const settled = async (): Promise<void> => {
    await setImmediate();
    await setImmediate();
  };
  return { place, witness, store, addNote, settled };
}

test('[BRW-12] what is kept beside the keys says how many notes the server lacks', async (t) => {
  const { place, store, addNote, settled } = await openPlace(t);
  addNote(1);
  addNote(2);
  await settled();
  const { device } = store.log.writer();
  assert.deepEqual(place.witness, { device, n: 2, unsentNotes: 2 });
  assert.equal(place.writes, 1); // Both changes.
  store.facts.write('account-tag', 'nothing that it says');
  await settled();
  assert.equal(place.writes, 1);
});

test('[BRW-12] a store that is new, although there was one, was cleared, and that is told once', async (t) => {
  const before = { device: numberedUuid<KeptWitness['device']>('d', 1), n: 7, unsentNotes: 3 };
  const { place, store, settled } = await openPlace(t, before);
  assert.deepEqual(readStorageCleared(store.facts), { at: startMs, unsentNotes: 3 });
  await settled();
  assert.equal(place.witness?.unsentNotes, 0);
  assert.equal(readStorageCleared((await openPlace(t)).store.facts), null);
});

test('[BRW-12] opened again before anything was done in it, a cleared home still tells how many notes it lacks', async (t) => {
  const before = { device: numberedUuid<KeptWitness['device']>('d', 1), n: 7, unsentNotes: 3 };
  const { place, store, settled } = await openPlace(t, before);
  await settled();
  const again = await openKeptWitness(createPlace(place.witness).keys, clock);
  again.follow(store);
  t.after(again.end);
  assert.equal(readStorageCleared(store.facts)?.unsentNotes, 3);
});

test('[BRW-7] nothing is kept any more once it has ended', async (t) => {
  const { place, witness, addNote, settled } = await openPlace(t);
  await witness.end();
  addNote(1);
  await settled();
  assert.equal(place.writes, 0);
});
