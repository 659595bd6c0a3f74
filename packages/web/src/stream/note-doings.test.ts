import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NoteRow } from '@dataans/client';
import type { EntityId, OperationId } from '@dataans/core';
import type { App } from '../state/context.ts';
import { en } from '../words/en.ts';
import { createNoteDoings } from './note-doings.ts';

test('a note that is deleted by a key pressed twice can be had back', async () => {
  const deletion = 'the deletion' as OperationId; // Any id will do.
  const deletions = [[deletion], []].map((operations) => ({ operations }));
  const reverted: unknown[] = [];
  const undos: (() => void)[] = [];
  const app = {
    home: {
      notes: {
        remove: async () => deletions.shift(),
        revert: async (recorded: unknown) => void reverted.push(recorded),
      },
    },
    notices: {
      show: (_: string, action: { readonly act: () => void }) => void undos.push(action.act),
    },
    words: { value: en },
  } as unknown as App; // What is used of it.
  const notes = createNoteDoings(app);
  const note = { id: '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d' as EntityId } as NoteRow; // Likewise.
  await Promise.all([notes.remove([note]), notes.remove([note])]);
  undos.at(-1)?.();
  assert.deepEqual(reverted, [{ operations: [deletion] }]);
});
