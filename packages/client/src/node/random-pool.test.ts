import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandomBytes } from './random-pool.ts';

test('[ENV-4] no short random bytes are given twice, nor are they zeros that were wiped', () => {
  const randomBytes = createRandomBytes();
  const given = new Set<string>();
  for (let count = 0; count < 20_000; count += 1) {
    const bytes = randomBytes(count % 2 === 0 ? 12 : 16);
    assert.ok(bytes.some((byte) => byte !== 0));
    given.add(Buffer.from(bytes).toString('hex'));
  }
  assert.equal(given.size, 20_000);
});

test('[ENV-4] random bytes that were given are the caller’s own', () => {
  const randomBytes = createRandomBytes();
  const [first, second] = [randomBytes(16), randomBytes(16)];
  const before = Buffer.from(second).toString('hex');
  first.fill(0xff);
  assert.equal(Buffer.from(second).toString('hex'), before);
  assert.deepEqual(
    [0, 1, 16, 17, 100_000].map((length) => randomBytes(length).length),
    [0, 1, 16, 17, 100_000],
  );
});
