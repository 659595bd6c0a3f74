import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '@dataans/core';
import { rowOnItsWay } from '../stream/note-on-its-way.ts';
import { createLastScreen, type LastStream } from './last-screen.ts';

// Tests name entities as they like.
const space = 'space' as EntityId;
const rest = {
  account: { signedIn: true, server: null, device: 'Phone', deviceId: null, storeLost: false },
  spaces: [],
  drafts: [{ place: { kind: 'space', id: space } as const, text: 'begun', base: [] }],
};

function createStorage(room = Number.POSITIVE_INFINITY) {
  const stored = new Map<string, string>();
  return {
    stored,
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (text.length > room) throw new DOMException('No room.', 'QuotaExceededError');
      stored.set(key, text);
    },
    removeItem: (key: string) => void stored.delete(key),
  };
}

function streamOf(notes: number, characters = 10): LastStream {
  const rows = Array.from({ length: notes }, (_, n) => ({
    ...rowOnItsWay({ id: `note ${n}` as EntityId, space, text: '' }, n),
    beginning: 'x'.repeat(characters),
  }));
  const linkedFrom = new Map([['note 0' as EntityId, 2]]);
  return { space, window: { rows, before: null, after: null, linkedFrom } };
}

test('a page begins with what was on the screen when the one before was left', () => {
  const storage = createStorage();
  const left = createLastScreen(storage, 1);
  left.follow(() => streamOf(3));
  left.keep(rest);
  const next = createLastScreen(storage, 1);
  assert.deepEqual(next.screen, { ...rest, stream: streamOf(3) });
  assert.deepEqual(next.takeStream(space), streamOf(3).window);
  assert.equal(next.takeStream(space), null, 'It is older than what this page has shown.');
});

test('another stream, another program and a spoiled screen begin with nothing', () => {
  const storage = createStorage();
  const left = createLastScreen(storage, 1);
  left.follow(() => streamOf(3))();
  left.keep(rest);
  assert.equal(createLastScreen(storage, 1).screen?.stream, null);
  assert.equal(createLastScreen(storage, 2).screen, null);
  for (const key of storage.stored.keys()) storage.setItem(key, '{"version":1');
  assert.equal(createLastScreen(storage, 1).screen, null);
});

test('a screen of the newest notes is kept, and none for which there is no room', () => {
  const storage = createStorage();
  const left = createLastScreen(storage, 1);
  left.follow(() => streamOf(45));
  left.keep(rest);
  assert.deepEqual(
    createLastScreen(storage, 1).screen?.stream?.window.rows.map(({ moment }) => moment),
    Array.from({ length: 30 }, (_, n) => n + 15),
  );
  left.follow(() => streamOf(30, 20_000));
  left.keep(rest);
  assert.equal(createLastScreen(storage, 1).screen, null);
  const full = createStorage(10);
  createLastScreen(full, 1).keep(rest);
  assert.equal(full.stored.size, 0);
});

test('a space begins with what it was left with, and is no part of the next page', () => {
  const storage = createStorage();
  const page = createLastScreen(storage, 1);
  const leave = page.follow(() => streamOf(45));
  const leaveNext = page.follow(() => null);
  leave(); // What is shown next is there before.
  leaveNext();
  page.keep(rest);
  assert.equal(page.takeStream('another space' as EntityId), null);
  assert.deepEqual(
    page.takeStream(space)?.rows.map(({ moment }) => moment),
    Array.from({ length: 30 }, (_, n) => n + 15),
  );
  assert.equal(page.takeStream(space), null, 'It is older than what this page has shown.');
  assert.equal(createLastScreen(storage, 1).screen?.stream, null);
});

test('nothing of it is left when nobody is signed in any more', () => {
  const storage = createStorage();
  const page = createLastScreen(storage, 1);
  page.follow(() => streamOf(3))();
  const leave = page.follow(() => streamOf(3));
  page.keep(rest);
  page.forget();
  leave();
  assert.equal(storage.stored.size, 0);
  assert.equal(page.takeStream(space), null);
});
