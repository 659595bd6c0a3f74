import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whatIsMissing } from './what-is-missing.ts';

const all = {
  isSecureContext: true,
  hasStorage: true,
  hasLocks: true,
  hasIteratorFrom: true,
  hasSetMethods: true,
  hasPopover: true,
};

test('a page over plain http, in an old browser or without storage says what is missing', () => {
  assert.equal(whatIsMissing(all), null);
  // Over plain http the rest is missing because of that.
  assert.equal(whatIsMissing({ ...all, isSecureContext: false, hasLocks: false }), 'https');
  assert.equal(whatIsMissing({ ...all, hasSetMethods: false }), 'newer-browser');
  assert.equal(whatIsMissing({ ...all, hasStorage: false }), 'storage');
});
