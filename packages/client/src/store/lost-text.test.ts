import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasLostText } from './lost-text.ts';

const list = 'milk and bread and eggs and tea, and a long walk in the evening by the river';

test('[GRD-4] a text that is emptied, or of which hardly a word is left, is lost', () => {
  assert.equal(hasLostText('milk', ''), true);
  assert.equal(hasLostText('milk', ' \n'), true);
  assert.equal(hasLostText(list, 'x'.repeat(list.length)), true);
  assert.equal(hasLostText(list, 'somebody wrote something else here, as long as it was before'), true);
  assert.equal(hasLostText('день у місті '.repeat(20), 'ніч'), true);
  assert.equal(hasLostText('牛乳とパンと卵を買う'.repeat(10), '別の話'), true);
});

test('[GRD-4] a text that was changed, cut, turned around or written into is not lost', () => {
  assert.equal(hasLostText('milk', 'bread'), false, 'a word for a word');
  assert.equal(hasLostText('', 'anything'), false);
  assert.equal(hasLostText(' \n ', ''), false);
  assert.equal(hasLostText(list, list.slice(0, 20)), false);
  assert.equal(hasLostText(list, list.split(' ').toReversed().join('\n')), false);
  assert.equal(hasLostText(list, `${list} and much more than that, ${'word '.repeat(500)}`), false);
  assert.equal(hasLostText('牛乳とパンと卵を買う'.repeat(10), '牛乳とパンと卵を買わない'.repeat(9)), false);
});
