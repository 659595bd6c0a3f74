import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationId } from '@dataans/core';
import { openTestNotes } from '../testing/test-notes.ts';
import { readNoteAsSeen } from './note-as-seen.ts';

test('[STO-30] a note is as it was when a person saw it, whatever has come since', async (t) => {
  const { notebook, entities } = await openTestNotes(t);
  const space = await notebook.addSpace('Recipes');
  const first = await notebook.addNote({ space: space.id, text: 'one\n' });
  await notebook.editNote(first, { text: 'two\n' });
  const second = readNoteAsSeen(entities, first.id, entities.read('note', first.id)?.heads ?? []);
  assert.equal(second.value.text, 'two\n');
  await notebook.editNote(first, { name: 'soup.md' }); // Made apart from the second.
  const seen = readNoteAsSeen(entities, first.id, first.heads);
  assert.deepEqual([seen.value.text, seen.value.name, seen.heads], ['one\n', '', first.heads]);
  const merged = entities.read('note', first.id);
  assert.equal(merged?.heads.length, 2);
  assert.deepEqual(readNoteAsSeen(entities, first.id, merged?.heads.toReversed() ?? []), merged);
  assert.equal(readNoteAsSeen(entities, first.id, second.heads).value.text, 'two\n');
});

test('a state of a note that is not known here is refused', async (t) => {
  const { notebook, entities } = await openTestNotes(t);
  const space = await notebook.addSpace('Recipes');
  const note = await notebook.addNote({ space: space.id, text: 'one\n' });
  const unknown = '00000000-0000-4000-8000-000000000000' as OperationId; // Well formed, and nobody's.
  assert.throws(() => readNoteAsSeen(entities, note.id, [unknown]), { code: 'not-found' });
  assert.throws(() => readNoteAsSeen(entities, space.id, note.heads), { code: 'not-found' });
});
