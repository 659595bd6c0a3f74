import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncResult } from '@dataans/client';
import { DataansError } from '@dataans/core';
import { describeSyncReport } from './sync-report.ts';

const nothing: SyncResult = {
  sent: 0,
  held: 0,
  received: 0,
  changesSent: 0,
  changesReceived: 0,
  merged: 0,
  quarantined: 0,
  released: 0,
  chunksSent: 0,
  chunksReceived: 0,
  filesReceived: 0,
  filesMissing: 0,
  healed: null,
  massDeletion: null,
  clockLeadMs: null,
  clockLagMs: null,
  serverClockSuspected: false,
  problems: [],
};

test('of very many problems the first ten are told, and the others counted', () => {
  const problems = Array.from({ length: 1_200 }, (_, n) => new DataansError('server-refused', `No ${n}.`));
  const [moved, ...told] = describeSyncReport({ ...nothing, problems }, 'dataans');
  assert.equal(moved, 'Nothing new.');
  assert.equal(told.length, 11);
  assert.deepEqual(
    [told[0], told[9], told[10]],
    ['No 0.', 'No 9.', 'And 1,190 more problems. To see all: --json'],
  );
});

test('what a device says of itself is no change that a person made', () => {
  const report = { ...nothing, sent: 3, received: 1, changesSent: 2 };
  assert.deepEqual(describeSyncReport(report, 'dataans'), ['Sent 2 changes, received 0.']);
  assert.deepEqual(describeSyncReport({ ...nothing, sent: 1, received: 1 }, 'dataans'), ['Nothing new.']);
});
