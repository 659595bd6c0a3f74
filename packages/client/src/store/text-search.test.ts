import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import {
  append,
  change,
  noteValue,
  openTestStore,
  randomUuid,
  spaceId,
  startMs,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

function addNotes(store: Store, texts: readonly string[], space = spaceId): void {
  const notes = texts.map((text, index) =>
    change('note', randomUuid<EntityId>(), noteValue({ text, space, name: `${index}` })),
  );
  append(store, notes, startMs);
}

/** Turns that count the pauses. */
function countingTurns(signal?: AbortSignal, onPause = () => {}) {
  const turns = {
    pauses: 0,
    signal,
    pause: () => {
      turns.pauses += 1;
      onPause();
      return Promise.resolve();
    },
  };
  return turns;
}

test('[STO-44] a search says where the words are, in the piece that it shows and in the text', async (t) => {
  const store = openTestStore(t);
  addNotes(store, ['no soup here', '# Menu\nTomato soup, and more SOUP']);
  const { hits, more, indexing } = await store.search.find({ words: 'soup toma' }, countingTurns());
  assert.deepEqual([hits.length, more, indexing], [1, false, null]);
  assert.equal(hits[0]?.note.title, '1');
  assert.deepEqual(hits[0]?.excerpt, {
    text: 'Tomato soup, and more SOUP',
    spans: [
      { start: 0, end: 4 },
      { start: 7, end: 11 },
      { start: 22, end: 26 },
    ],
  });
  assert.deepEqual(hits[0]?.spans[0], { start: 7, end: 11 });
});

test('[STO-44] the index follows in short steps, and a search before that says how far it is', async (t) => {
  const store = openTestStore(t);
  addNotes(
    store,
    Array.from({ length: 450 }, (_, index) => `number ${index}.`),
  );
  const early = await store.search.find({ words: '7.' }, countingTurns());
  assert.deepEqual(early.indexing, { done: 20, total: 450 });
  assert.deepEqual(early.hits.map(({ note }) => note.name).toSorted(), ['17', '7']);
  const turns = countingTurns();
  await store.search.index(turns);
  assert.deepEqual([turns.pauses, store.search.indexing()], [21, null]);
  const late = await store.search.find({ words: '7.', limit: 40 }, countingTurns());
  assert.deepEqual([late.hits.length, late.more, late.indexing], [40, true, null]);
});

test('[STO-44] a few large notes are a step of their own', async (t) => {
  const store = openTestStore(t);
  addNotes(
    store,
    Array.from({ length: 4 }, (_, index) => `${index} ${'word '.repeat(30_000)}`),
  );
  const turns = countingTurns();
  await store.search.index(turns);
  assert.equal(turns.pauses, 3);
});

test('[STO-44] a search that nobody waits for any more ends between two steps', async (t) => {
  const store = openTestStore(t);
  addNotes(
    store,
    Array.from({ length: 450 }, () => 'same'),
  );
  const controller = new AbortController();
  const reason = new Error('typed on');
  const turns = countingTurns(controller.signal, () => controller.abort(reason));
  await assert.rejects(store.search.index(turns), reason);
  assert.equal(turns.pauses, 1);
  await assert.rejects(store.search.find({ words: 'same' }, turns), reason);
  assert.equal(store.entities.search('same', { limit: 1_000 }).length, 450);
  const others = new AbortController();
  const searching = countingTurns(others.signal, () => others.abort(reason));
  await assert.rejects(store.search.find({ words: 'same', limit: 400 }, searching), reason);
});

test('[STO-6] short words are found in the notes of a space alone, common ones and rare ones', async (t) => {
  const store = openTestStore(t);
  const other = randomUuid<EntityId>();
  const common = Array.from({ length: 60 }, (_, index) => `e${index} eb ec ed ee ef eg 漢字`);
  addNotes(store, [...common, 'rare ґ']);
  addNotes(store, ['e in another space', '字'], other);
  const found = async (words: string, space?: EntityId) =>
    (
      await store.search.find(
        { words, limit: 500, ...(space === undefined ? {} : { space }) },
        countingTurns(),
      )
    ).hits.length;
  assert.deepEqual([await found('e'), await found('e', other), await found('e', spaceId)], [62, 1, 61]);
  assert.deepEqual([await found('ґ'), await found('ґ', other), await found('ж')], [1, 0, 0]);
  assert.deepEqual([await found('漢字'), await found('字'), await found('字', other)], [60, 61, 1]);
  assert.deepEqual([await found('e59'), await found('e 59'), await found(' ')], [1, 1, 0]);
});
