import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { missingNamesMax } from '../limits.ts';
import { revisionId } from '../merge/histories.arbitrary.ts';
import {
  appendedMessage,
  chunkNamesMessage,
  headMessage,
  operationIdsMessage,
  positionMessage,
} from './messages.ts';

const chain = 'ab'.repeat(32);

test('[MSG-1] members that this code does not know are passed over', () => {
  assert.deepEqual(v.parse(headMessage, { head: 1, chain, later: true }), { head: 1, chain });
});

test('[MSG-1] a message that lacks a member, or has one of another type, is none', () => {
  const whole = { before: 1, head: 2, chain, already: [0] };
  assert.ok(v.is(appendedMessage, whole));
  for (const member of Object.keys(whole))
    assert.equal(v.is(appendedMessage, { ...whole, [member]: null }), false);
  for (const head of [-1, 0.5, '1', 2 ** 53]) assert.equal(v.is(headMessage, { head, chain }), false);
  for (const other of ['', chain.toUpperCase(), chain.slice(1), `${chain}0`])
    assert.equal(v.is(positionMessage, { seq: 0, chain: other }), false);
});

test('[MSG-2] a question holds ids or names only, at most as many as the limit says', () => {
  const ids = Array.from({ length: missingNamesMax + 1 }, (_, number) => revisionId(number));
  assert.ok(v.is(operationIdsMessage, { ids: ids.slice(1) }));
  assert.equal(v.is(operationIdsMessage, { ids }), false);
  assert.equal(v.is(operationIdsMessage, { ids: ['..'] }), false);
  const names = ids.map(() => chain);
  assert.ok(v.is(chunkNamesMessage, { names: names.slice(1) }));
  assert.equal(v.is(chunkNamesMessage, { names }), false);
  assert.equal(v.is(chunkNamesMessage, { names: ['../../etc/passwd'] }), false);
});
