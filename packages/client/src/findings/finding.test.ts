import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { findingKinds } from './finding.ts';

test('[VFY-1] the specification has every kind of finding, and no other', async () => {
  const text = await readFile(new URL('../../../../docs/spec/verify.md', import.meta.url), 'utf8');
  const listed = Array.from(text.matchAll(/^\| `(?<kind>[a-z-]+)`/gm), ({ groups }) => groups?.['kind']);
  assert.deepEqual(listed, [...findingKinds]);
});
