import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import type { SyncReport, WatchEvent } from '../sync/sync-engine.ts';
import { connecting, stepWatchState } from './watch-state.ts';

const error = new DataansError('server-unreachable', 'Nothing answers.');
const progress = { phase: 'send', done: 1, total: 2 } as const;
const synced: WatchEvent = { type: 'synced', report: {} as SyncReport }; // Nothing of it is read.

function stateAfter(...events: readonly WatchEvent[]) {
  return events.reduce((state, event) => stepWatchState(state, event, 1_000), connecting);
}

test('a device is online when it is connected or has synced, and shows no activity once that is over', () => {
  assert.equal(stateAfter({ type: 'connected' }).connection, 'online');
  assert.deepEqual(stateAfter({ type: 'progress', progress }).activity, progress);
  assert.deepEqual(stateAfter({ type: 'progress', progress }, synced), {
    connection: 'online',
    activity: null,
    nextTryAt: null,
  });
});

test('a device that cannot reach its server says when it tries again, and none when it is back', () => {
  const offline = stateAfter(synced, { type: 'disconnected', error, isNew: true, retryInMs: 500 });
  assert.deepEqual(offline, { connection: 'offline', activity: null, nextTryAt: 1_500 });
  assert.equal(stepWatchState(offline, { type: 'connected' }, 2_000).nextTryAt, null);
});

test('a device that is let in no more is paused, and waits for a person', () => {
  const paused = stateAfter({ type: 'paused', error, isNew: true });
  assert.deepEqual(paused, { connection: 'paused', activity: null, nextTryAt: null });
});
