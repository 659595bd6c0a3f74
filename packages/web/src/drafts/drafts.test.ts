import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DraftPlace, Home } from '@dataans/client';
import type { EntityId, OperationId } from '@dataans/core';
import { createDrafts } from './drafts.ts';
import type { Draft } from './unsaved-drafts.ts';

const place: DraftPlace = { kind: 'space', id: '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d' as EntityId };

/** A home's drafts and a window's storage, and drafts over them. */
function createWindow(
  kept = new Map<string, string>(),
  stored = new Map<string, string>(),
  last: readonly Draft[] = [],
) {
  const waiting: (() => void)[] = [];
  const home = {
    list: async () => [...kept.keys()].map((id) => ({ place: { ...place, id }, at: 0 })),
    read: async ({ id }: DraftPlace) => ({ text: kept.get(id) ?? '', files: [], base: [], at: 0 }),
    write: async ({ id }: DraftPlace, { text }: { readonly text: string }) => {
      if (text === '') kept.delete(id);
      else kept.set(id, text);
    },
  } as unknown as Home['drafts']; // What is used of it.
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => void stored.set(key, text),
    removeItem: (key: string) => void stored.delete(key),
  };
  const onError = (error: unknown) => assert.fail(String(error));
  const drafts = createDrafts({ drafts: home, last, storage, wait: (then) => waiting.push(then), onError });
  return { drafts, kept, stored, waiting };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what was typed is kept by the home a moment later, once for many letters', async () => {
  const { drafts, kept, stored, waiting } = createWindow();
  for (const text of ['h', 'ha', 'half']) drafts.write(place, text);
  assert.equal(drafts.read(place), 'half');
  assert.equal(waiting.length, 1);
  waiting[0]?.();
  await settle();
  assert.equal(kept.get(place.id), 'half');
  assert.equal(stored.size, 0);
  drafts.write(place, '');
  drafts.flush();
  await settle();
  assert.equal(kept.size, 0);
});

test('what is being sent does not come back as a draft behind what it was sent as', async () => {
  const { drafts, kept, stored, waiting } = createWindow();
  drafts.write(place, 'sent quickly');
  drafts.hold(place);
  waiting[0]?.();
  await settle();
  assert.equal(kept.size, 0);
  drafts.sent(place);
  drafts.flush();
  await settle();
  assert.deepEqual([kept.size, stored.size, drafts.read(place)], [0, 0, '']);
  drafts.write(place, 'the next');
  drafts.hold(place);
  drafts.notSent(place, 'the next, not sent');
  drafts.flush();
  await settle();
  assert.equal(kept.get(place.id), 'the next, not sent');
});

test('a window that is reloaded before that has it still, over what the home kept', async () => {
  const { drafts, kept, stored } = createWindow(new Map([[place.id, 'half']]));
  drafts.write(place, 'half a thought');
  const reloaded = createWindow(kept, stored);
  await reloaded.drafts.load();
  assert.equal(reloaded.drafts.read(place), 'half a thought');
});

test('an edit that was begun before a reload still rests on what the person saw then', async () => {
  const heads = ['0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3e' as OperationId];
  const { drafts, kept, stored } = createWindow();
  drafts.write(place, 'an edit', heads);
  drafts.write(place, 'an edit, longer');
  const reloaded = createWindow(kept, stored);
  await reloaded.drafts.load();
  assert.deepEqual(reloaded.drafts.base(place), heads);
  reloaded.drafts.write(place, '');
  assert.deepEqual(reloaded.drafts.base(place), []);
});

test('an edit that could not be recorded still stands on what was seen when it was begun', () => {
  const { drafts } = createWindow();
  // Any id will do.
  const seen = ['0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3e' as OperationId];
  drafts.write(place, 'edited', seen);
  drafts.hold(place);
  assert.equal(drafts.read(place), '');
  drafts.notSent(place, 'edited');
  assert.deepEqual(drafts.base(place), seen);
});

test('what was on the last screen is there until the home is read, and what the home has counts then', async () => {
  const last = { place, text: 'as it was', base: [] };
  const { drafts, kept } = createWindow(new Map(), new Map(), [last]);
  assert.equal(drafts.read(place), 'as it was');
  await drafts.load(); // Another window has sent it.
  assert.equal(drafts.read(place), '');
  kept.set(place.id, 'typed there');
  await drafts.load();
  assert.equal(drafts.read(place), 'typed there');
});

test('what is typed, or sent, while the home is being read counts', async () => {
  const { drafts, kept } = createWindow(new Map([[place.id, 'as it was']]));
  const loading = drafts.load();
  drafts.write(place, 'as it was, and more');
  await loading;
  assert.equal(drafts.read(place), 'as it was, and more');
  const again = drafts.load();
  drafts.hold(place);
  kept.delete(place.id);
  drafts.sent(place);
  await again;
  assert.equal(drafts.read(place), '');
});

test('what is typed behind a note on its way is kept, and the home has it once the note is recorded', async () => {
  const { drafts, kept, stored, waiting } = createWindow();
  for (const text of ['first', 'second']) {
    drafts.write(place, text);
    drafts.write(place, '');
    drafts.hold(place);
  }
  drafts.write(place, 'the next');
  drafts.flush();
  drafts.sent(place);
  drafts.flush();
  await settle();
  assert.equal(kept.size, 0);
  const reloaded = createWindow(kept, stored);
  await reloaded.drafts.load();
  assert.equal(reloaded.drafts.read(place), 'the next');
  drafts.sent(place);
  waiting.at(-1)?.();
  await settle();
  assert.equal(kept.get(place.id), 'the next');
});

test('what is sent while the home is being read does not come back into the box', async () => {
  const { drafts } = createWindow(new Map([[place.id, 'sent']]));
  drafts.write(place, 'sent');
  const loading = drafts.load();
  drafts.write(place, '');
  drafts.hold(place);
  await loading;
  assert.equal(drafts.read(place), '');
});

test('what is typed elsewhere while the page opens leaves what the page before had not given to the home', async () => {
  const elsewhere: DraftPlace = { ...place, id: '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3f' as EntityId };
  const { drafts, kept, stored } = createWindow();
  drafts.write(place, 'half a thought');
  const reloaded = createWindow(kept, stored);
  reloaded.drafts.write(elsewhere, 'another');
  await reloaded.drafts.load();
  assert.equal(reloaded.drafts.read(place), 'half a thought');
  assert.equal(reloaded.drafts.read(elsewhere), 'another');
});

test('what is too long for this window to keep is given to the home all the same', async () => {
  const { drafts, kept, waiting } = createWindow(new Map(), new FullMap());
  drafts.write(place, 'too long');
  waiting[0]?.();
  await settle();
  assert.equal(kept.get(place.id), 'too long');
});

test('what was typed stays when another window sends from the same place, and what was only read goes with it', async () => {
  const kept = new Map<string, string>();
  const [one, other] = [createWindow(kept), createWindow(kept)];
  for (const { drafts, text } of [
    { drafts: one.drafts, text: 'of one' },
    { drafts: other.drafts, text: 'of another' },
  ]) {
    drafts.write(place, text);
    drafts.flush();
    await settle();
  }
  const third = createWindow(kept);
  await third.drafts.load();
  assert.equal(third.drafts.read(place), 'of another');
  kept.clear(); // With the note that the first one has sent.
  for (const { drafts } of [other, third]) drafts.ended(place);
  assert.deepEqual([other.drafts.read(place), third.drafts.read(place)], ['of another', '']);
  other.drafts.flush();
  await settle();
  assert.equal(kept.get(place.id), 'of another');
});

class FullMap extends Map<string, string> {
  override set(): this {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  }
}
