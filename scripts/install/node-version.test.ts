import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNewEnough, nodeTooOldSentence, nodeVersionOf } from './node-version.mjs';

test('Node 24.15 and what comes after it is new enough', () => {
  assert.equal(isNewEnough('v24.15.0'), true);
  assert.equal(isNewEnough('v26.10.0'), true);
  assert.equal(isNewEnough('v100.0.0'), true);
});

test('an older Node, whose SQLite lacks something, or what is no version, is not', () => {
  assert.equal(isNewEnough('v24.6.0'), false);
  assert.equal(isNewEnough('v23.20.1'), false);
  assert.equal(isNewEnough('v20.20.2'), false);
  assert.equal(isNewEnough(''), false);
});

test('the version of a binary is what it says, and undefined where there is none that runs', () => {
  assert.equal(nodeVersionOf(process.execPath), process.version);
  assert.equal(nodeVersionOf('no-such-node'), undefined);
  assert.equal(nodeVersionOf(import.meta.filename), undefined);
});

test('the sentence names the version that is needed and the one that is there', () => {
  assert.match(
    nodeTooOldSentence('v20.20.2'),
    /^Node 24\.15 or newer is needed and this is v20\.20\.2: install it/,
  );
});
