import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import { en } from '../words/en.ts';
import { tellError } from './tell-error.ts';

test('[BRW-11] whoever has an older page open is told to reload it, and not that the browser stores nothing', () => {
  const outdated = new DataansError('storage-unusable', 'Another.', { reason: 'newer-version' });
  assert.equal(tellError(outdated, en), en.newerElsewhere);
  assert.equal(
    tellError(new DataansError('storage-unusable', 'No place.'), en),
    en.errors['storage-unusable'],
  );
});

test('a server without room is no device without room', () => {
  const full = new DataansError('storage-full', 'The server is full.', { reason: 'server-full' });
  assert.equal(tellError(full, en), en.serverFull);
  assert.equal(tellError(new DataansError('storage-full', 'No space.'), en), en.errors['storage-full']);
});

test('what has no code says what the browser said', () => {
  assert.equal(tellError(new Error('The quota is used up.'), en), 'The quota is used up.');
});
