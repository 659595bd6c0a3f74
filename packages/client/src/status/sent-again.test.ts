import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acknowledgeFindings } from './acknowledged.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { IntegrityError } from '../findings/integrity-error.ts';
import { openTestStore, startMs } from '../testing/test-store.ts';
import type { Store } from '../store/store.ts';
import { noteSentAgain, requireRoomToSend, type Lost } from './sent-again.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** A server that says that it lost so many of 2,000; gives it them if it may. */
function lose({ facts }: Store, lost: number, nowMs: number, what: Lost = 'operations'): boolean {
  const asked = { address: 'http://server', what, lost, held: () => 2_000, nowMs };
  try {
    requireRoomToSend(facts, asked);
  } catch (error) {
    assert.ok(error instanceof IntegrityError);
    assert.equal(error.finding.kind, 'lost-again');
    createKeptFindings(facts).add('exchange', [error.finding]);
    return false;
  }
  noteSentAgain(facts, what, lost, nowMs);
  return true;
}

test('[HEAL-10] a server is given everything once within a week, and then a person is asked', (t) => {
  const store = openTestStore(t);
  assert.equal(lose(store, 2_000, startMs), true);
  assert.equal(lose(store, 2_000, startMs + 6 * dayMs), false);
  assert.equal(lose(store, 2_000, startMs + 6 * dayMs), false, 'it does not help to ask again');
  acknowledgeFindings(store);
  assert.equal(lose(store, 2_000, startMs + 6 * dayMs), true);
  assert.equal(lose(store, 2_000, startMs + 6 * dayMs), false);
  assert.equal(lose(store, 2_000, startMs + 14 * dayMs), true, 'a week later it is the first one');
});

test('[HEAL-10] a server that is wiped within a week of a smaller loss is healed without a question', (t) => {
  const store = openTestStore(t);
  assert.equal(lose(store, 900, startMs), true);
  assert.equal(lose(store, 2_000, startMs + dayMs), true);
});

test('[HEAL-10] half of everything again and again is too much as well', (t) => {
  const store = openTestStore(t);
  const given = [1, 2, 3, 4, 5].map((hours) => lose(store, 1_000, startMs + hours * 3_600_000));
  assert.deepEqual(given, [true, true, true, false, false]);
});

test('[HEAL-10] a few changes are given as often as they are asked for', (t) => {
  const store = openTestStore(t);
  for (let asked = 0; asked < 20; asked += 1) assert.equal(lose(store, 50, startMs + asked), true);
});

test('[HEAL-10] pieces of files are counted by themselves', (t) => {
  const store = openTestStore(t);
  assert.equal(lose(store, 2_000, startMs), true);
  assert.equal(lose(store, 2_000, startMs, 'chunks'), true);
  assert.equal(lose(store, 2_000, startMs, 'chunks'), false);
});

test('[HEAL-10] acknowledging something else allows nothing', (t) => {
  const store = openTestStore(t);
  lose(store, 2_000, startMs);
  acknowledgeFindings(store);
  assert.equal(lose(store, 2_000, startMs), false);
});
