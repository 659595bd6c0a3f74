import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError, type DraftPlace, type FileRow, type Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { createDraftFiles } from './draft-files.ts';

const place: DraftPlace = { kind: 'space', id: '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d' as EntityId };

/** A home whose drafts take a file once `let go` is called for it. */
function createWindow() {
  const sealing: { readonly name: string; readonly end: PromiseWithResolvers<void> }[] = [];
  const detached: string[] = [];
  const errors: (string | null)[] = [];
  const attach: Home['drafts']['attach'] = async (_, { id, name }, { signal, onProgress } = {}) => {
    signal?.throwIfAborted();
    const end = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => end.reject(signal.reason));
    sealing.push({ name, end });
    onProgress?.({ name, doneBytes: 1, totalBytes: 3 });
    await end.promise;
    return row(id as EntityId, name);
  };
  let lastId = 0;
  const files = createDraftFiles({
    drafts: { attach, detach: async (_, id) => void detached.push(id) },
    randomId: () => String((lastId += 1)),
    onError: (_, name) => errors.push(name),
  });
  const shown = () => files.of(place).map(({ name, doneBytes }) => [name, doneBytes]);
  return { files, sealing, detached, errors, shown };
}

function row(id: EntityId, name: string): FileRow {
  return { id, name, bytes: 3, type: null, width: null, height: null, preview: null };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('files go into the draft one after the other, and a note waits for all of them', async () => {
  const { files, sealing, shown } = createWindow();
  files.attach(place, [new File(['abc'], 'a.txt'), new File(['abc'], 'b.txt')]);
  await settle();
  assert.deepEqual(shown(), [
    ['a.txt', 1],
    ['b.txt', 0],
  ]);
  const all = files.settle(place);
  assert.equal(sealing.length, 1);
  sealing[0]?.end.resolve();
  await settle();
  sealing[1]?.end.resolve();
  assert.equal(await all, true);
  assert.deepEqual(shown(), [
    ['a.txt', null],
    ['b.txt', null],
  ]);
});

test('what is taken off is freed, also while it is on its way, and keeps no note from going', async () => {
  const { files, sealing, detached, errors, shown } = createWindow();
  files.follow(place, [row('kept' as EntityId, 'kept.txt')]);
  files.attach(place, [new File(['abc'], 'a.txt'), new File(['abc'], 'b.txt')]);
  await settle();
  const all = files.settle(place);
  files.remove(place, '1' as EntityId);
  files.remove(place, 'kept' as EntityId);
  await settle();
  sealing[1]?.end.resolve();
  assert.equal(await all, true);
  assert.deepEqual(shown(), [['b.txt', null]]);
  assert.deepEqual([detached, errors], [['1', 'kept'], []]);
});

test('a file that cannot be attached is named, and the note stays unsent', async () => {
  const { files, sealing, errors, shown } = createWindow();
  files.attach(place, [new File(['abc'], 'a.txt')]);
  await settle();
  sealing[0]?.end.reject(new DataansError('storage-full', 'Full.'));
  assert.equal(await files.settle(place), false);
  assert.deepEqual([shown(), errors], [[], ['a.txt']]);
});
