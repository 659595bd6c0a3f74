import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findLastAgreeing } from './find-last-agreeing.ts';

test('[HEAL-2] the last rank that agrees is found, with as many questions as the ranks have binary digits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(5_000), fc.nat(5_000), async (ranks, some) => {
      const agreeing = Math.min(ranks, some);
      let questions = 0;
      const found = await findLastAgreeing(ranks, async (rank) => {
        assert.ok(rank >= 0 && rank < ranks);
        questions += 1;
        return rank < agreeing;
      });
      assert.equal(found, agreeing - 1);
      assert.ok(questions <= Math.ceil(Math.log2(ranks + 1)));
    }),
  );
});

test('[HEAL-2] with no remembered position nothing is asked', async () => {
  const asked = findLastAgreeing(0, () => Promise.reject(new Error('asked')));
  assert.equal(await asked, -1);
});
