import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DraftPlace, Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { createDrafts } from './drafts.ts';
import { createSentNotes } from './sent-notes.ts';

const space = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d' as EntityId;
const place: DraftPlace = { kind: 'space', id: space };

/** A page over what its window keeps, and over a home that answers when it is told to. */
function createPage(stored: Map<string, string>, recorded: Map<string, string>) {
  const calls: (() => void)[] = [];
  const answer = async <Answer>(make: () => Answer): Promise<Answer> => {
    await new Promise<void>((resolve) => {
      calls.push(resolve);
    });
    return make();
  };
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => void stored.set(key, text),
    removeItem: (key: string) => void stored.delete(key),
  };
  const notes = {
    add: async ({ id, text }: { readonly id: string; readonly text: string }) =>
      answer(() => {
        if (text === 'refused') throw new Error('No room.');
        recorded.set(id, text);
      }),
    read: async (id: string) => answer(() => (recorded.has(id) ? { id } : null)),
  } as unknown as Home['notes']; // What is used of it.
  const home = { list: async () => [], write: async () => undefined } as unknown as Home['drafts']; // Likewise.
  const onError = (error: unknown): void => assert.fail(String(error));
  const drafts = createDrafts({ drafts: home, last: [], storage, wait: () => undefined, onError });
  const sent = createSentNotes({ notes, drafts, storage, onError });
  const goOn = async (): Promise<void> => {
    while (calls.length > 0) {
      calls.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { drafts, sent, goOn };
}

function noteOf(number: number, text: string) {
  return { id: `0190d7a1-5f6c-4d3a-9c55-00000000000${number}` as EntityId, space, text };
}

test('notes that were on their way when the page was reloaded are there, once and in order, and so is the draft', async () => {
  const [stored, recorded] = [new Map<string, string>(), new Map<string, string>()];
  const before = createPage(stored, recorded);
  for (const [at, text] of ['first', 'second', 'third'].entries()) {
    before.drafts.write(place, text);
    void before.sent.send(noteOf(at, text));
  }
  before.drafts.write(place, 'the next');
  recorded.set(noteOf(0, '').id, 'first'); // Its answer came too late.

  const page = createPage(stored, recorded);
  page.sent.resume();
  await page.drafts.load();
  assert.equal(page.drafts.read(place), 'the next');
  await page.goOn();
  assert.deepEqual([...recorded.values()], ['first', 'second', 'third']);
  assert.equal(page.drafts.read(place), 'the next');
  const again = createPage(stored, recorded);
  again.sent.resume();
  await again.goOn();
  assert.equal(recorded.size, 3);
});

test('a note that could not be recorded is a draft again, above what was typed since', async () => {
  const [stored, recorded] = [new Map<string, string>(), new Map<string, string>()];
  const { drafts, sent, goOn } = createPage(stored, recorded);
  const sending = assert.rejects(sent.send(noteOf(0, 'refused')), /No room/);
  drafts.write(place, 'typed since');
  await goOn();
  await sending;
  assert.equal(drafts.read(place), 'refused\ntyped since');
  const reloaded = createPage(stored, recorded);
  reloaded.sent.resume();
  await reloaded.drafts.load();
  await reloaded.goOn();
  assert.equal(reloaded.drafts.read(place), 'refused\ntyped since');
});

test('signed out, nothing of what was on its way is kept', () => {
  const stored = new Map<string, string>();
  const { drafts, sent } = createPage(stored, new Map());
  void sent.send(noteOf(0, 'secret'));
  drafts.forget();
  sent.forget();
  assert.equal(stored.size, 0);
});
