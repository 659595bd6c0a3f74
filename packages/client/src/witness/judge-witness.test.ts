import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceId, LogId, Witness } from '@dataans/core';
import { numberedUuid } from '../testing/test-store.ts';
import { judgeWitness, type ReceivedWitness, type Seen } from './judge-witness.ts';

const log = numberedUuid<LogId>('1a9', 1);
const otherLog = numberedUuid<LogId>('1a9', 2);
const [phone, laptop] = [1, 2].map((number) => numberedUuid<DeviceId>('de', number)) as [DeviceId, DeviceId];

function said(witness: Partial<Witness>, isLater = true): ReceivedWitness {
  const whole = { log, seq: 5, chain: 'aa', seen: {}, account: null, program: 'test', ...witness };
  return { device: phone, deviceName: 'Phone', witness: whole, isLater };
}

function here(given: Partial<Seen> = {}): Seen {
  return {
    cursor: { log, seq: 9 },
    hasHealed: false,
    chainAt: () => 'aa',
    highestOf: () => 3,
    nameOf: () => 'Laptop',
    mayBeOutdated: false,
    account: 2,
    ...given,
  };
}

const kinds = (received: ReceivedWitness, seen = here()) =>
  judgeWitness(received, seen).map(({ kind, concerns }) => [kind, concerns.device]);

test('[WIT-2] the same place with another chain is a fork, and one that cannot be told is none', () => {
  assert.deepEqual(kinds(said({})), []);
  assert.deepEqual(kinds(said({ chain: 'bb' })), [['log-forked', phone]]);
  assert.deepEqual(kinds(said({ chain: 'bb' }), here({ chainAt: () => null })), []);
});

test('[WIT-2] a place that this device is not shown is a log that went back', () => {
  assert.deepEqual(kinds(said({ seq: 9 })), []);
  assert.deepEqual(kinds(said({ seq: 10, seen: { [laptop]: 99 } })), [['log-rolled-back', phone]]);
});

test('[WIT-2] another log is a fork if it was followed after this device followed its own', () => {
  assert.deepEqual(kinds(said({ log: otherLog })), [['log-forked', phone]]);
  assert.deepEqual(kinds(said({ log: otherLog }, false)), []);
});

test('[WIT-2] what was said before this device healed the log is not compared with it', () => {
  const early = said({ chain: 'bb' }, false);
  assert.deepEqual(kinds(early), [['log-forked', phone]]);
  assert.deepEqual(kinds(early, here({ hasHealed: true })), []);
});

test('[WIT-3] numbers that another device has seen and that are not here are held back', () => {
  assert.deepEqual(kinds(said({ seen: { [laptop]: 3 } })), []);
  const [finding] = judgeWitness(said({ seen: { [laptop]: 5 } }), here());
  assert.equal(finding?.kind, 'operations-missing');
  assert.deepEqual(finding.concerns, { device: laptop, deviceName: 'Laptop', missing: [[4, 5]] });
  assert.deepEqual(kinds(said({ seen: { [laptop]: 5 } }), here({ mayBeOutdated: true })), []);
});

test('[WIT-4] an account record that is newer than the one here shows a server that went back with it', () => {
  assert.deepEqual(kinds(said({ account: 2 })), []);
  assert.deepEqual(kinds(said({ account: 3 })), [['account-rolled-back', phone]]);
  assert.deepEqual(kinds(said({ account: 1 }), here({ account: null })), [['account-rolled-back', phone]]);
});
