import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printableJson, printableLine, printableText } from './printable.ts';

test('text for a terminal keeps its lines and tabs and loses what controls the terminal', () => {
  assert.equal(printableText('a\r\n\tb\u001b]0;title\u0007\rc'), 'a\n\tb\ufffd]0;title\ufffd\ufffdc');
});

test('an emoji of several symbols stays whole in a line', () => {
  assert.equal(printableLine(' 👩\u200d💻 \n x '), '👩\u200d💻 x');
});

test('JSON on a terminal controls nothing and means the same', () => {
  const value = { name: 'a\u009b2J\u202eb\u{e0041}\u001b' };
  const json = printableJson(value);
  assert.equal(json, String.raw`{"name":"a\u009b2J\u202eb\udb40\udc41\u001b"}`);
  assert.deepEqual(JSON.parse(json), value);
});
