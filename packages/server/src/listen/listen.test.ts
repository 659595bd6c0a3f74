import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterTest } from '../testing/after-test.ts';
import { listen } from './listen.ts';

test('[SRV-40] a request may take five minutes to arrive', async (t) => {
  const { server } = await listen('127.0.0.1', 0);
  afterTest(t, () => server.close());
  assert.equal(server.requestTimeout, 5 * 60 * 1_000);
});
