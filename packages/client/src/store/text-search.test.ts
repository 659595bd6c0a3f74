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

function addNotes(store: Store, texts: readonly string[], space = spaceId, nowMs = startMs): void {
  const notes = texts.map((text, index) =>
    change('note', randomUuid<EntityId>(), noteValue({ text, space, name: `${index}` })),
  );
  append(store, notes, nowMs);
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
  const early = await store.search.find({ words: 'number 7.' }, countingTurns());
  assert.deepEqual(early.indexing, { done: 20, total: 450 });
  assert.deepEqual(early.hits.map(({ note }) => note.name).toSorted(), ['17', '7']);
  const turns = countingTurns();
  await store.search.index(turns);
  assert.deepEqual([turns.pauses, store.search.indexing()], [21, null]);
  const late = await store.search.find({ words: '7.', limit: 40 }, countingTurns());
  assert.deepEqual([late.hits.length, late.more, late.indexing], [40, true, null]);
});

test('a short word is found in all notes that have it, the newest first and each once', async (t) => {
  const store = openTestStore(t);
  addNotes(store, ['qq, the oldest']);
  addNotes(
    store,
    Array.from({ length: 1_200 }, () => 'öther'),
    spaceId,
    startMs + 1,
  );
  addNotes(store, ['other, the newest'], spaceId, startMs + 2);
  await store.search.index(countingTurns());
  for (const query of [{ words: 'O' }, { words: 'o', space: spaceId }]) {
    const { hits, more } = await store.search.find({ ...query, limit: 1_000 }, countingTurns());
    assert.deepEqual([hits.length, more], [1_000, true]);
    assert.equal(hits[0]?.note.beginning, 'other, the newest');
  }
  const all = await store.search.find({ words: 'o', limit: 2_000 }, countingTurns());
  const ids = all.hits.map(({ note }) => note.id);
  assert.deepEqual([ids.length, new Set(ids).size, all.more], [1_202, 1_202, false]);
  assert.equal(all.hits.at(-1)?.note.beginning, 'qq, the oldest');
  const rare = await store.search.find({ words: 'qq' }, countingTurns());
  assert.equal(rare.hits.length, 1);
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
