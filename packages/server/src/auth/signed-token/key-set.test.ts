import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JWKSNoMatchingKey } from 'jose/errors';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { createRecordedLogger } from '../../testing/recorded-logger.ts';
import { createTestIssuer, makeSigningKey, type TestIssuer } from '../../testing/issuer.ts';
import { silentLogger, type Logger } from '../../logging/logger.ts';
import { fetchKeys } from './fetch-keys.ts';
import { createKeySet, isUnknownKey } from './key-set.ts';
import { createMemoryKeptKeys, type KeptKeys } from '../../stores/kept-keys.ts';

const url = 'https://issuer.example/keys';
const hourMs = 60 * 60 * 1_000;
const issuer: TestIssuer = await createTestIssuer();
const failing = () => new Response('down', { status: 503 });
let fetchedBefore = 0;

beforeEach(() => {
  issuer.publishKeys(url);
  fetchedBefore = issuer.fetched.length;
});

test('[AUTH-8] however many tokens come at once, keys are fetched once, and found by their id', async () => {
  const { find } = setUp();
  await Promise.all(Array.from({ length: 50 }, () => find('key-1')));
  assert.equal(fetches(), 1);
});

test('[AUTH-8] ids that nobody knows cost one fetch in 30 seconds, however many', async () => {
  const { find, clock } = setUp();
  await find('key-1');
  for (let id = 0; id < 20; id += 1) await assert.rejects(find(`random-${id}`), JWKSNoMatchingKey);
  await clock.advance(29_999);
  await assert.rejects(find('random'), JWKSNoMatchingKey);
  assert.equal(fetches(), 2);
  await clock.advance(1);
  await Promise.all(
    Array.from({ length: 20 }, (_, id) => assert.rejects(find(`other-${id}`), JWKSNoMatchingKey)),
  );
  assert.equal(fetches(), 3);
});

test('[AUTH-8] a key that came with a rotation is found by the first token that it signed', async () => {
  const rotating = await createTestIssuer();
  rotating.publishKeys(url);
  const { find } = setUp({ from: rotating });
  await find('key-1');
  await rotating.rotate();
  await find('key-2');
  await find('key-1');
});

test('[AUTH-8] keys of an hour are fetched anew in the background, and those withdrawn count no longer', async () => {
  const { find, clock, settled, background } = setUp();
  await find('key-1');
  const { jwk } = await makeSigningKey('RS256', 'key-9');
  issuer.publish(url, () => Response.json({ keys: [jwk] }));
  await clock.advance(hourMs - 1);
  await find('key-1');
  assert.equal(fetches(), 1);
  await clock.advance(1);
  await find('key-1');
  assert.equal(background.length, 1);
  await settled();
  assert.equal(fetches(), 2);
  await assert.rejects(find('key-1'), JWKSNoMatchingKey);
  await find('key-9');
});

test('[AUTH-8] keys count for 72 hours without the issuer, and then nobody can be judged', async () => {
  const { find, clock } = setUp();
  await find('key-1');
  issuer.publish(url, failing);
  await clock.advance(72 * hourMs - 1);
  await find('key-1');
  await clock.advance(1);
  await assert.rejects(find('key-1'), { name: 'Refusal', code: 'unavailable', reason: 'keys-unavailable' });
  issuer.publishKeys(url);
  await clock.advance(60_000);
  await find('key-1');
});

test('[AUTH-8] they count after a restart, too, until they are 72 hours old', async () => {
  const kept = createMemoryKeptKeys();
  const clock = createManualClock();
  await setUp({ kept, clock }).find('key-1');
  issuer.publish(url, failing);
  await clock.advance(72 * hourMs - 1);
  await setUp({ kept, clock }).find('key-1');
  await clock.advance(1);
  await assert.rejects(setUp({ kept, clock }).find('key-1'), { code: 'unavailable' });
});

for (const [what, keys] of [
  ['no keys', []],
  ['a shared key', [{ kty: 'oct', k: 'AA', kid: 'key-1' }]],
] as const)
  test(`[AUTH-8] what is kept and holds ${what} counts for nothing`, async () => {
    const kept = createMemoryKeptKeys();
    const clock = createManualClock();
    await kept.write({ source: url, fetched: clock.now(), keys });
    issuer.publish(url, failing);
    await assert.rejects(setUp({ kept, clock }).find('key-1'), { code: 'unavailable' });
  });

test('[AUTH-8] what is kept of another issuer, or from the future, counts for nothing', async () => {
  const kept = createMemoryKeptKeys();
  const clock = createManualClock();
  await kept.write({ source: 'https://other.example', fetched: clock.now(), keys: [issuer.key().jwk] });
  issuer.publish(url, failing);
  await assert.rejects(setUp({ kept, clock }).find('key-1'), { code: 'unavailable' });
  await kept.write({ source: url, fetched: clock.now() + hourMs, keys: [issuer.key().jwk] });
  await assert.rejects(setUp({ kept, clock }).find('key-1'), { code: 'unavailable' });
});

test('[AUTH-8] while the issuer fails it is asked after 5, 10, 20, 40 and then every 60 seconds', async () => {
  issuer.publish(url, failing);
  const { find, clock } = setUp();
  for (const pause of [5, 10, 20, 40, 60, 60]) {
    await assert.rejects(find('key-1'), { headers: { 'retry-after': String(pause) } });
    const before = fetches();
    await clock.advance(pause * 1_000 - 1);
    await assert.rejects(find('key-1'), { headers: { 'retry-after': '1' } });
    assert.equal(fetches(), before);
    await clock.advance(1);
  }
  issuer.publishKeys(url);
  await find('key-1');
});

test('[AUTH-8] an issuer that keeps us waiting before it fails is left alone for as long', async () => {
  const { find, clock } = setUp();
  issuer.publish(url, async () => {
    await clock.advance(5_000);
    return failing();
  });
  await assert.rejects(find('key-1'), { headers: { 'retry-after': '5' } });
  await assert.rejects(find('key-1'), { headers: { 'retry-after': '5' } });
  assert.equal(fetches(), 1);
});

test('[AUTH-8] an id that nobody knows while the issuer fails is nobody’s fault', async () => {
  const { find } = setUp();
  await find('key-1');
  issuer.publish(url, failing);
  await assert.rejects(find('key-2'), { code: 'unavailable' });
  await find('key-1');
});

test('[AUTH-8] a clock that is put back delays no fetch', async () => {
  const kept = createMemoryKeptKeys();
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  let now = clock.now();
  const { find } = setUp({ kept, clock: { ...clock, now: () => now } });
  await find('key-1');
  now -= 24 * hourMs;
  await find('key-1');
  assert.equal(fetches(), 2);
});

test('[AUTH-8] a folder that cannot be written or read locks nobody out, and is logged', async () => {
  const logger = createRecordedLogger();
  const failed = () => Promise.reject(new Error('EIO'));
  await setUp({ kept: { read: failed, write: failed }, logger }).find('key-1');
  assert.deepEqual(
    logger.lines.map(({ message }) => message),
    ['kept signing keys not read', 'signing keys not kept'],
  );
});

test('[AUTH-8] two keys of one id are as good as none', async () => {
  const { jwk } = issuer.key();
  const twin = { ...jwk, kid: 'twin' };
  issuer.publish(url, () => Response.json({ keys: [jwk, twin, twin] }));
  const { find } = setUp();
  await find('key-1');
  await assert.rejects(find('twin'), isUnknownKey);
});

interface Parts {
  readonly from: TestIssuer;
  readonly kept: KeptKeys;
  readonly clock: ManualClock;
  readonly logger: Logger;
}

function setUp({
  from = issuer,
  kept = createMemoryKeptKeys(),
  clock = createManualClock(),
  logger = silentLogger,
}: Partial<Parts> = {}) {
  let last: Promise<unknown> = Promise.resolve();
  const writes = Promise.withResolvers<void>();
  let wrote = 0;
  const background: Promise<unknown>[] = [];
  const keyFor = createKeySet({
    source: url,
    fetchKeys: () => {
      const fetching = fetchKeys({ fetch: from.fetch, clock }, { kind: 'keys', url });
      last = fetching;
      return fetching;
    },
    kept: {
      read: kept.read,
      write: async (keys) => {
        await kept.write(keys);
        wrote += 1;
        if (wrote === 2) writes.resolve();
      },
    },
    clock,
    logger,
    inBackground: (work) => void background.push(work),
  });
  return {
    clock,
    background,
    find: async (kid: string) => keyFor({ alg: 'RS256', kid }, { payload: '', signature: '' }),
    /** A fetch in the background, from its beginning to what is kept of it. */
    settled: async () => {
      await last;
      await writes.promise;
    },
  };
}

function fetches(): number {
  return issuer.fetched.length - fetchedBefore;
}
