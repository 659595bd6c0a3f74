import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingKinds, findingTone } from './finding.ts';

test('[VFY-1] the specification has every kind of finding, and no other', async () => {
  const text = await readFile(new URL('../../../../docs/spec/verify.md', import.meta.url), 'utf8');
  const listed = Array.from(text.matchAll(/^\| `(?<kind>[a-z-]+)`/gm), ({ groups }) => groups?.['kind']);
  assert.deepEqual(listed, [...findingKinds]);
});

test('[VFY-14] what a sync settles is a note, what endangers the password stops, and all else is to be looked at', () => {
  const kindsOf = (tone: string) => findingKinds.filter((kind) => findingTone(kind) === tone);
  assert.deepEqual(kindsOf('note'), [
    'log-rolled-back',
    'entry-repeated',
    'account-missing',
    'chunk-missing',
  ]);
  assert.deepEqual(kindsOf('stop'), ['account-weakened']);
  assert.equal(findingTone('of-a-newer-version'), 'look');
});
