import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId, NoteValue } from '@dataans/core';
import {
  append,
  change,
  noteValue,
  numberedUuid,
  openTestStore,
  randomUuid,
  readNote,
  spaceId,
  startMs,
} from '../testing/test-store.ts';
import type { Store } from './store.ts';

const garden = numberedUuid<EntityId>('5face', 2);
let nowMs = startMs;

function addNote(store: Store, given: Partial<NoteValue>): EntityId {
  const id = randomUuid<EntityId>();
  append(store, [change('note', id, noteValue(given))], (nowMs += 1));
  return id;
}

function edit(store: Store, id: EntityId, given: Partial<NoteValue>, deleted = false): void {
  const note = readNote(store, id);
  const changed = change('note', id, { ...note.value, ...given }, { parents: note.heads, deleted });
  append(store, [changed], (nowMs += 1));
}

function tags(store: Store, space?: EntityId): readonly string[] {
  store.search.indexAtOnce();
  return store.mentions.tags(space).map(({ tag, notes }) => `${tag} ${notes}`);
}

function taggedTexts(store: Store, tag: string, limit = 50): readonly string[] {
  return store.windows.stream({ space: spaceId, tag, limit }).rows.map(({ beginning }) => beginning);
}

test('[STO-58] [STO-59] tags of a space or of all are counted, however they are written', (t) => {
  const store = openTestStore(t);
  addNote(store, { text: '#Soup and #tomato #soup' });
  addNote(store, { text: 'another #SOUP' });
  addNote(store, { text: '#Caf\u00e9', space: garden });
  addNote(store, { text: '#cafe\u0301 #soup', space: garden });
  assert.deepEqual(tags(store), ['Soup 3', 'caf\u00e9 2', 'tomato 1']);
  assert.deepEqual(tags(store, garden), ['caf\u00e9 2', 'soup 1']);
});

test('[STO-59] a tag goes with the last note that has it: edited, moved or deleted', (t) => {
  const store = openTestStore(t);
  const [edited, moved, deleted] = [
    addNote(store, { text: '#one' }),
    addNote(store, { text: '#two' }),
    addNote(store, { text: '#three' }),
  ];
  assert.deepEqual(tags(store, spaceId), ['one 1', 'three 1', 'two 1']);
  edit(store, edited, { text: '#four' });
  edit(store, moved, { space: garden });
  edit(store, deleted, {}, true);
  assert.deepEqual(tags(store, spaceId), ['four 1']);
  assert.deepEqual(tags(store, garden), ['two 1']);
});

test('[STO-59] a stream of one tag has its notes alone, part by part', (t) => {
  const store = openTestStore(t);
  for (let number = 1; number <= 9; number += 1)
    addNote(store, { text: number % 3 === 0 ? `${number} #Third` : `${number} #thirds` });
  store.search.indexAtOnce();
  assert.deepEqual(taggedTexts(store, 'third'), ['3 #Third', '6 #Third', '9 #Third']);
  const { rows, before, after } = store.windows.stream({ space: spaceId, tag: 'THIRD', limit: 2 });
  assert.deepEqual([rows.length, after], [2, null]);
  assert.ok(before !== null);
  const older = store.windows.stream({ space: spaceId, tag: 'third', place: { before } });
  assert.deepEqual([older.rows.map(({ beginning }) => beginning), older.before], [['3 #Third'], null]);
  assert.deepEqual(taggedTexts(store, 'none'), []);
});

test('[LNK-5] notes that name another are found and counted, and none names itself', (t) => {
  const store = openTestStore(t);
  const named = addNote(store, { text: 'here', name: 'here.md' });
  const first = addNote(store, { text: `see ((${named}))` });
  const second = addNote(store, { text: `/app/s/${spaceId}/n/${named} and ((${named}))` });
  const byName = addNote(store, { text: '[here](here.md)' });
  edit(store, named, { text: `((${named}))` });
  store.search.indexAtOnce();
  assert.deepEqual(store.mentions.naming(named, 10), [second, first]);
  assert.deepEqual([...store.mentions.countNaming([first, named])], [[named, 2]]);
  assert.deepEqual(store.mentions.linkingToName('here.md', 10), [byName]);
  assert.deepEqual([...store.mentions.linkedNames(['here.md', 'there.md'])], ['here.md']);
  edit(store, second, {}, true);
  store.search.indexAtOnce();
  assert.deepEqual(store.mentions.naming(named, 10), [first]);
});
