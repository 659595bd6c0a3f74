import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EntityId } from '../ids/uuid.ts';
import type { NoteValue } from '../operations/operation.ts';
import { mergeValues } from './merge-values.ts';

const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}` as EntityId;

const base: NoteValue = { space: id(1), name: 'a.md', text: '1\n2\n', files: [id(2), id(3)], pinned: false };

test('[MRG-4] a field changed on one side takes that side, whichever it is', () => {
  const moved = { ...base, space: id(9) };
  const pinned = { ...base, pinned: true };
  const both = { value: { ...base, space: id(9), pinned: true }, conflict: false };
  assert.deepEqual(mergeValues('note', base, moved, pinned), both);
  assert.deepEqual(mergeValues('note', base, pinned, moved), both);
});

test('[MRG-4] a field changed on both sides takes the later', () => {
  const merged = mergeValues(
    'space',
    { name: 'old', folder: null },
    { name: 'earlier', folder: 'a' },
    { name: 'later', folder: null },
  );
  assert.deepEqual(merged, { value: { name: 'later', folder: 'a' }, conflict: false });
});

test('[MRG-4] files added on either side are there, files removed on either side are not', () => {
  const earlier = { ...base, files: [id(2), id(3), id(4)] };
  const later = { ...base, files: [id(3), id(5)] };
  assert.deepEqual(mergeValues('note', base, earlier, later).value.files, [id(3), id(4), id(5)]);
  const without = { ...base, files: [id(2), id(4)] };
  const added = { ...base, files: [id(2), id(3), id(5)] };
  assert.deepEqual(mergeValues('note', base, without, added).value.files, [id(2), id(4), id(5)]);
});

test('[MRG-4] a file that both sides added is there once', () => {
  const side = { ...base, files: [...base.files, id(4)] };
  assert.deepEqual(mergeValues('note', base, side, { ...side, pinned: true }).value.files, side.files);
});

test('[MRG-4] without a common value the later fields, all files and both texts stay', () => {
  const earlier = { ...base, text: 'x\n', files: [id(2)] };
  const later = { ...base, name: 'b.md', text: 'y\n', files: [id(3)] };
  assert.deepEqual(mergeValues('note', null, earlier, later), {
    value: { ...later, text: 'x\ny\n', files: [id(2), id(3)] },
    conflict: true,
  });
});

test('[MRG-4] the texts of notes merge by lines', () => {
  const earlier = { ...base, text: 'x\n2\n' };
  const later = { ...base, text: '1\ny\n' };
  assert.equal(mergeValues('note', base, earlier, later).value.text, 'x\ny\n');
});
