import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProfile, writeProfile } from './read-profile.ts';

test('a profile that was saved gives its passphrase back, and nothing else is taken for one', () => {
  const profile = { server: 'https://notes.example.org', passphrase: 'abandon ability', device: 'Phone' };
  assert.deepEqual(readProfile(writeProfile(profile)), { passphrase: 'abandon ability' });
  for (const text of ['', 'null', '[]', '{"passphrase":""}', '{"passphrase":1}', 'abandon ability'])
    assert.equal(readProfile(text), null);
});
