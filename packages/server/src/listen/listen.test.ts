import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterTest } from '../testing/after-test.ts';
import { listen } from './listen.ts';

test('[SRV-40] a request may take five minutes to arrive, and its headers ten seconds', async (t) => {
  const { server } = await listen({ host: '127.0.0.1', port: 0 });
  afterTest(t, () => server.close());
  assert.equal(server.requestTimeout, 5 * 60 * 1_000);
  assert.equal(server.headersTimeout, 10_000);
});

test('[SRV-46] an idle connection outlives the patience of every proxy, so that none sends into one that ends', async (t) => {
  const { server } = await listen({ host: '127.0.0.1', port: 0 });
  afterTest(t, () => server.close());
  // Caddy keeps one for two minutes, cloudflared for a minute and a half.
  assert.ok(server.keepAliveTimeout > 120_000);
});
