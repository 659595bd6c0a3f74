import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteKey, noteKeys, type NoteKeysDependencies } from '../stream/note-keys.ts';
import { en } from '../words/en.ts';
import { listKeys } from './list-keys.ts';

test('within one place, no key is told for two things', () => {
  for (const { name, keys } of listKeys([], en, true)) {
    const told = keys.map(([, key]) => key);
    assert.deepEqual(told, [...new Set(told)], name);
  }
});

test('what sends a note and what breaks its line are told as they are set', () => {
  const keyOf = (words: string, enterSends: boolean) =>
    listKeys([], en, enterSends)
      .flatMap(({ keys }) => keys)
      .find(([what]) => what === words)?.[1];
  assert.deepEqual([keyOf(en.send, true), keyOf(en.breakLine, true)], ['Enter', 'Shift+Enter']);
  assert.deepEqual([keyOf(en.send, false), keyOf(en.breakLine, false)], ['Shift+Enter', 'Enter']);
});

test('every key that is shown for a note does something', () => {
  // None of it is called.
  const doings = noteKeys({} as NoteKeysDependencies);
  const names = Object.values(noteKey).map((key) => (key === 'Del' ? 'Delete' : key.toLowerCase()));
  for (const name of names) assert.ok(name in doings, name);
});
