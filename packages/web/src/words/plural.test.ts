import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCount } from './plural.ts';
import { uk } from './uk.ts';

test('a number is followed by the form that its language has for it', () => {
  const english = createCount('en');
  const notes = { one: 'note', other: 'notes' };
  assert.deepEqual(
    [0, 1, 2, 1204].map((number) => english(number, notes)),
    ['0 notes', '1 note', '2 notes', '1,204 notes'],
  );
  assert.deepEqual(
    [1, 2, 5, 11, 21, 104].map((number) => uk.notes(number)),
    ['1 нотатка', '2 нотатки', '5 нотаток', '11 нотаток', '21 нотатка', '104 нотатки'],
  );
});
