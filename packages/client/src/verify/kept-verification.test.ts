import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogId } from '@dataans/core';
import { numberedUuid, openTestStore } from '../testing/test-store.ts';
import { beginVerification, keepVerification, readVerification } from './kept-verification.ts';

const position = { log: numberedUuid<LogId>('1a9', 1), seq: 12, chain: new Uint8Array(32).fill(7) };

test('[VFY-10] how far a verification has come is read as it was kept, until it has come to its end', (t) => {
  const { facts } = openTestStore(t);
  assert.equal(readVerification(facts), null);
  const verification = { ...beginVerification(position, true), chunksPlace: 3, chainDiffers: true };
  keepVerification(facts, verification);
  assert.deepEqual(readVerification(facts), verification);
  keepVerification(facts, null);
  assert.equal(readVerification(facts), null);
});

test('[VFY-10] what is no kept verification begins anew', (t) => {
  const { facts } = openTestStore(t);
  keepVerification(facts, beginVerification(position, false));
  const kept = facts.read('verification') ?? '';
  for (const text of ['{}', '[]', '1', kept.replace('"seq":12', '"seq":-1'), kept.replace('0707', 'zz')]) {
    facts.write('verification', text);
    assert.equal(readVerification(facts), null, text);
  }
});
