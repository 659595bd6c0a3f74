import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { EntityId } from '@dataans/core';
import { freeChunks, namesOf } from '../files/free-chunks.ts';
import { createHolding } from '../files/holding.ts';
import { sealAttachments } from '../files/seal-attachments.ts';
import { createChunkFolder } from '../node/chunk-folder.ts';
import type { DraftPlace } from '../store/drafts.ts';
import type { NewFile } from '../store/new-file.ts';
import { openNotebook, primitives } from '../testing/test-notebook.ts';
import { openTestNotes } from '../testing/test-notes.ts';
import { fileValue, openTestStore, randomUuid } from '../testing/test-store.ts';
import { addDraftFile, dropDraft, removeDraftFile, writeDraft } from './write-drafts.ts';

function newPlace(kind: DraftPlace['kind'] = 'space'): DraftPlace {
  return { kind, id: randomUuid<EntityId>() };
}

function newFile(name: string): NewFile {
  return { id: randomUuid<EntityId>(), value: fileValue(name) };
}

function openDrafts(t: TestContext) {
  const store = openTestStore(t);
  let nowMs = 0;
  return { store, clock: { now: () => (nowMs += 1) } };
}

test('[STO-53] a draft has the text that was written last, and the files that were attached meanwhile', (t) => {
  const opened = openDrafts(t);
  const { drafts } = opened.store;
  const place = newPlace('note');
  const heads = [randomUuid<never>()];
  writeDraft(opened, place, { text: 'a', base: heads });
  const [first, second] = [newFile('1.png'), newFile('2.png')];
  addDraftFile(opened, place, first);
  addDraftFile(opened, place, second);
  writeDraft(opened, place, { text: 'ab' });
  assert.deepEqual(drafts.read(place), { text: 'ab', files: [first, second], base: heads, at: 4 });
  assert.deepEqual(removeDraftFile(opened, place, first.id), [first]);
  assert.deepEqual(removeDraftFile(opened, place, first.id), []);
  const other = newPlace();
  writeDraft(opened, other, { text: 'other' });
  assert.deepEqual(
    drafts.list().map((row) => row.place),
    [other, place],
  );
  writeDraft(opened, other, { text: '' });
  assert.equal(drafts.read(other), null);
  assert.deepEqual(dropDraft(opened, place), [second]);
  assert.deepEqual(drafts.list(), []);
});

test('[STO-53] a draft ends in the transaction that records its note, and stays if that fails', async (t) => {
  const { store, notebook } = openNotebook(t);
  const space = await notebook.addSpace('Inbox');
  const draft: DraftPlace = { kind: 'space', id: space.id };
  const text = 'x'.repeat(1_000_001);
  writeDraft({ store, clock: { now: () => 0 } }, draft, { text });
  await assert.rejects(notebook.addNote({ space: space.id, text }, { draft }), { code: 'too-large' });
  assert.equal(store.drafts.read(draft)?.text, text);
  let commits = 0;
  store.onChange(() => (commits += 1));
  await notebook.addNote({ space: space.id, text: 'short' }, { draft });
  assert.deepEqual([store.drafts.read(draft), commits], [null, 1]);
});

test('[STO-53] what only a dropped draft holds is freed, and what a note or another draft holds stays', async (t) => {
  const { store, notebook, files, home } = await openTestNotes(t);
  const chunks = createChunkFolder(join(home, 'chunks'));
  const clock = { now: () => 0 };
  const seal = (name: string, content: string) =>
    sealAttachments({ files, primitives }, [{ name, content: new Blob([content]) }]);
  const [mine, shared, sent] = (
    await Promise.all([seal('mine', 'mine'), seal('shared', 'shared'), seal('sent', 'sent')])
  ).flat();
  assert.ok(mine !== undefined && shared !== undefined && sent !== undefined);
  const [dropped, kept] = [newPlace(), newPlace()];
  for (const file of [mine, shared, sent]) addDraftFile({ store, clock }, dropped, file);
  addDraftFile({ store, clock }, kept, shared);
  const space = await notebook.addSpace('Inbox');
  await notebook.addNote({ space: space.id, attach: [sent] });
  const pause = (): Promise<void> => Promise.resolve();
  const free = (signal: AbortSignal, given: readonly NewFile[]): Promise<void> =>
    freeChunks(
      { store, chunks, pause, signal },
      given.flatMap(({ value }) => namesOf(value)),
    );
  const all = dropDraft({ store }, dropped);
  await free(AbortSignal.abort(), all);
  assert.equal(await files.isHeld(mine.value), true);
  const { signal } = new AbortController();
  await free(signal, all);
  assert.deepEqual(await Promise.all([mine, shared, sent].map((file) => files.isHeld(file.value))), [
    false,
    true,
    true,
  ]);
  await free(signal, dropDraft({ store }, kept));
  assert.equal(await files.isHeld(shared.value), false);
  assert.ok((await readdir(join(home, 'chunks'))).length > 0);
});

test('[STO-53] nothing is freed while somebody seals, and nobody seals while something is freed', async () => {
  const holding = createHolding();
  const told: string[] = [];
  const [sealing, freeing, begun] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  assert.ok(sealing !== undefined && freeing !== undefined && begun !== undefined);
  const first = holding.hold(async () => {
    await sealing.promise;
    told.push('sealed');
  });
  const failed = assert.rejects(
    holding.hold(() => Promise.reject(new Error('no room'))),
    /no room/,
  );
  const freed = holding.giveUp(async () => {
    told.push('freeing');
    begun.resolve();
    await freeing.promise;
    told.push('freed');
  });
  await holding.hold(async () => told.push('sealed beside the first')); // What waits to free holds nobody up.
  sealing.resolve();
  await Promise.all([first, failed, begun.promise]);
  const second = holding.hold(async () => told.push('sealed again'));
  freeing.resolve();
  await Promise.all([freed, second]);
  assert.deepEqual(told, ['sealed beside the first', 'sealed', 'freeing', 'freed', 'sealed again']);
  await assert.rejects(
    holding.giveUp(() => Promise.reject(new Error('no disk'))),
    /no disk/,
  );
  assert.equal(await holding.hold(async () => 'on'), 'on');
});
