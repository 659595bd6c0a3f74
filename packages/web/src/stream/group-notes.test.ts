import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupNotes } from './group-notes.ts';

const minute = 60_000;
const dayOf = (moment: number): string => String(Math.floor(moment / (24 * 60 * minute)));
const at = (...minutes: readonly number[]) =>
  minutes.map((count, index) => ({ id: String(index), moment: count * minute }));
const shape = (notes: ReturnType<typeof at>, firstUnread: string | null = null): string =>
  groupNotes(notes, dayOf, firstUnread)
    .map(({ day, notes: placed }) => {
      const ids = placed.map(({ note, follows, startsUnread }) => {
        return `${follows ? '' : ' '}${startsUnread ? '!' : ''}${note.id}`;
      });
      return `${day}:${ids.join('')}`;
    })
    .join(', ');

test('notes within ten minutes of the one before are a group', () => {
  assert.equal(shape(at(0, 10, 20, 31, 32)), '0: 012 34');
});

test('a day begins a group of its own', () => {
  assert.equal(shape(at(1439, 1440, 1441)), '0: 0, 1: 12');
});

test('what is new begins a group of its own', () => {
  assert.equal(shape(at(0, 1, 2), '1'), '0: 0 !12');
});

test('every note is shown once, in its order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000)), fc.nat(20), (minutes, unread) => {
      const notes = at(...minutes.toSorted((left, right) => left - right));
      const shown = groupNotes(notes, dayOf, String(unread)).flatMap((day) =>
        day.notes.map(({ note }) => note),
      );
      assert.deepEqual(shown, notes);
    }),
  );
});
