import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import { openStoreFile } from '../node/open-store-file.ts';
import { createNodePrimitives } from '../node/primitives.ts';
import {
  append,
  change,
  noteValue,
  openTestStore,
  otherDevice,
  randomUuid,
  receive,
  spaceId,
  startMs,
  temporaryFolder,
} from '../testing/test-store.ts';
import type { StoreChange } from './change-feed.ts';
import type { Store } from './store.ts';

const note = randomUuid<EntityId>();

function listen(store: Store): { readonly told: StoreChange['entities'][]; readonly stop: () => void } {
  const told: StoreChange['entities'][] = [];
  const stop = store.onChange(({ entities }) => told.push(entities));
  return { told, stop };
}

function addSpace(store: Store): void {
  append(store, [change('space', spaceId, { name: 'Inbox', folder: null })], startMs);
}

test('[STO-39] what is recorded and what is received names the entities that it changed', (t) => {
  const store = openTestStore(t);
  addSpace(store);
  const { told, stop } = listen(store);
  append(store, [change('note', note, noteValue())], startMs);
  const theirs = randomUuid<EntityId>();
  receive(store, [otherDevice().make(change('note', theirs, noteValue()), startMs)]);
  store.facts.write('last-sync', 'now');
  stop();
  append(store, [change('note', randomUuid<EntityId>(), noteValue())], startMs);
  assert.deepEqual(told, [
    [{ kind: 'note', id: note, space: spaceId }],
    [{ kind: 'note', id: theirs, space: spaceId }],
    [],
  ]);
});

test('[STO-39] an acknowledgement names what it is about: it is on the server now', (t) => {
  const store = openTestStore(t);
  append(store, [change('note', note, noteValue())], startMs);
  const { told } = listen(store);
  store.log.acknowledge([1], null);
  assert.deepEqual(told, [[{ kind: 'note', id: note, space: spaceId }]]);
});

test('[STO-39] more than is worth naming is everything', (t) => {
  const store = openTestStore(t);
  const { told } = listen(store);
  const many = Array.from({ length: 300 }, () => change('note', randomUuid<EntityId>(), noteValue()));
  append(store, many, startMs);
  assert.deepEqual(told, ['everything']);
});

test('[STO-39] what another process has written is told when it is looked for, once', (t) => {
  const path = join(temporaryFolder(t), 'store.sqlite');
  const primitives = createNodePrimitives();
  const [watching, writing] = [openStoreFile(path, primitives), openStoreFile(path, primitives)];
  const { told } = listen(watching);
  append(writing, [change('note', note, noteValue())], startMs);
  assert.deepEqual(told, []);
  watching.lookForOthers();
  watching.lookForOthers();
  assert.deepEqual(told, [[{ kind: 'note', id: note, space: spaceId }]]);
  writing.log.acknowledge([1], null);
  watching.lookForOthers();
  assert.deepEqual(told.slice(1), ['everything']);
  watching.close();
  writing.close();
});
