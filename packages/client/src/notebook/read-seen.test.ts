import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationId } from '@dataans/core';
import { openTestNotes } from '../testing/test-notes.ts';
import { readSeen } from './read-seen.ts';

test('[STO-30] a note is as it was when a person saw it, whatever has come since', async (t) => {
  const { notebook, entities } = await openTestNotes(t);
  const space = await notebook.addSpace('Recipes');
  const first = await notebook.addNote({ space: space.id, text: 'one\n' });
  await notebook.editNote(first, { text: 'two\n' });
  const read = (heads: readonly OperationId[]) => readSeen(entities, 'note', { id: first.id, heads });
  const second = entities.read('note', first.id)?.heads ?? [];
  assert.equal(read(second)?.value.text, 'two\n');
  await notebook.editNote(first, { name: 'soup.md' }); // Made apart from the second.
  const seen = read(first.heads);
  assert.deepEqual([seen?.value.text, seen?.value.name, seen?.heads], ['one\n', '', first.heads]);
  const merged = entities.read('note', first.id);
  assert.equal(merged?.heads.length, 2);
  assert.deepEqual(read(merged?.heads.toReversed() ?? [])?.value, merged?.value);
  assert.equal(read(second)?.value.text, 'two\n');
});

test('a state of a note that is not known here is refused', async (t) => {
  const { notebook } = await openTestNotes(t);
  const space = await notebook.addSpace('Recipes');
  const note = await notebook.addNote({ space: space.id, text: 'one\n' });
  const unknown = '00000000-0000-4000-8000-000000000000' as OperationId; // Well formed, and nobody's.
  const refused = { code: 'not-found', advice: 'Read it again.' };
  await assert.rejects(notebook.editNote({ id: note.id, heads: [unknown] }, { text: '' }), refused);
  await assert.rejects(notebook.removeNote({ id: space.id, heads: note.heads }), refused);
});
