import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { openTestStore } from '../testing/test-store.ts';
import { acknowledge } from './acknowledge.ts';
import { listFindings } from './list-findings.ts';
import { noteStorageCleared, readStorageCleared } from './storage-cleared.ts';

test('[BRW-12] whoever has read that the browser cleared the notes has not read of what is wrong on the server', (t) => {
  const store = openTestStore(t);
  const finding = { kind: 'account-changed', concerns: {}, message: 'Changed.', advice: 'Sign in.' } as const;
  createKeptFindings(store.facts).replace('account', [finding]);
  noteStorageCleared(store.facts, { at: 0, unsentNotes: 2 });
  acknowledge(store, 'storage-cleared');
  assert.equal(readStorageCleared(store.facts), null);
  assert.deepEqual(listFindings(store).findings, [finding]);

  noteStorageCleared(store.facts, { at: 0, unsentNotes: 1 });
  acknowledge(store, 'everything');
  assert.equal(readStorageCleared(store.facts), null);
  assert.deepEqual(listFindings(store).findings, []);
});
