import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import { createNodePrimitives } from '../node/primitives.ts';
import { openTestStore, startMs } from '../testing/test-store.ts';
import { forgetRefusal, writeLastProblem } from './last-problem.ts';
import { readStatus } from './read-status.ts';

const { hash } = createNodePrimitives();
const expires = startMs + 1_000;

test('[SYN-14] a sign-in is active until the moment that the server named', (t) => {
  const store = openTestStore(t);
  const at = (nowMs: number) => readStatus(store, { expires }, nowMs, hash).session;
  assert.deepEqual(at(expires - 1), { state: 'active', expires });
  assert.deepEqual(at(expires), { state: 'ended', expires });
  assert.deepEqual(readStatus(store, { expires: null }, startMs, hash).session, {
    state: 'active',
    expires: null,
  });
  assert.equal(readStatus(store, null, startMs, hash).session, null);
});

test('[SYN-14] a refusal ends the session until somebody signs in again; other problems do not', (t) => {
  const store = openTestStore(t);
  const state = () => readStatus(store, { expires }, startMs, hash).session?.state;
  for (const code of ['session-expired', 'login-required'] as const) {
    writeLastProblem(store.facts, new DataansError(code, 'No.'));
    assert.equal(state(), 'ended');
    forgetRefusal(store.facts);
    assert.equal(state(), 'active');
    assert.equal(readStatus(store, { expires }, startMs, hash).problem, null);
  }
  writeLastProblem(store.facts, new DataansError('server-unreachable', 'Gone.'));
  forgetRefusal(store.facts);
  assert.equal(readStatus(store, { expires }, startMs, hash).problem?.code, 'server-unreachable');
  assert.equal(state(), 'active');
});

test('[SYN-14] after a sign-out nothing is told of the last sync', (t) => {
  const store = openTestStore(t);
  writeLastProblem(store.facts, new DataansError('session-expired', 'Revoked.'));
  const { state, problem } = readStatus(store, null, startMs, hash);
  assert.deepEqual({ state, problem }, { state: 'signed-out', problem: null });
});
