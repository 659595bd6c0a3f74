import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, parseAddress, type Place } from './address.ts';

const id = '0190d7a1-5f6c-4d3a-9c55-0d5a0a1b2c3d';
const places: readonly Place[] = [
  { at: 'start' },
  { at: 'space', space: id, note: null },
  { at: 'space', space: id, note: id },
  { at: 'space', space: id, note: null, tag: 'a/b & c' },
  { at: 'search', words: 'a & b #c', space: null },
  { at: 'search', words: '', space: id },
  { at: 'history', note: id },
  { at: 'past', space: null, day: null },
  { at: 'past', space: id, day: '2026-11-24' },
  { at: 'trash' },
  { at: 'sync' },
  { at: 'settings' },
];

for (const place of places)
  test(`the address ${formatAddress(place)} leads where it was made`, () => {
    assert.deepEqual(parseAddress(new URL(formatAddress(place), 'https://notes.example.org')), place);
  });

for (const path of ['/', '/app', '/app/s/x', '/app/nothing', `/app/s/${id}/n/x`, '/v1/log'])
  test(`the address ${path} leads to the start`, () => {
    assert.deepEqual(parseAddress(new URL(path, 'https://notes.example.org')), { at: 'start' });
  });

test('a day that is none is today', () => {
  for (const day of ['2026-02-30', 'yesterday', '2026-13-01'])
    assert.deepEqual(parseAddress(new URL(`https://notes.example.org/app/history?day=${day}`)), {
      at: 'past',
      space: null,
      day: null,
    });
});
