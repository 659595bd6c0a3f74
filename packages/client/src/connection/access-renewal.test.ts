import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataansError } from '@dataans/core';
import type { Access } from './access.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import { createAccessRenewal } from './access-renewal.ts';

const { signal } = new AbortController();
const held: Access = {
  kind: 'access-token',
  header: 'cf-access-token',
  token: createSecret('old'),
  source: 'cloudflared',
};

function build(current: Access, next: string | null, refusal: DataansError | null = null) {
  let access = current;
  let asked = 0;
  const kept: (readonly [Access, number | null])[] = [];
  const renew = createAccessRenewal({
    access: () => access,
    readToken: (): Promise<Secret | null> => {
      asked += 1;
      return Promise.resolve(next === null ? null : createSecret(next));
    },
    prove: () => (refusal === null ? Promise.resolve(1_000) : Promise.reject(refusal)),
    keep: (given, expires) => {
      access = given;
      kept.push([given, expires]);
      return Promise.resolve();
    },
  });
  return { renew, kept, asked: () => asked };
}

test('[ACC-8] the token that cloudflared holds now is proven, then kept in the place of the refused one', async () => {
  const { renew, kept } = build(held, 'new');
  assert.equal(await renew(held, signal), true);
  const [[access, expires] = []] = kept;
  assert.ok(access?.kind === 'access-token');
  assert.equal(access.token.reveal(), 'new');
  assert.deepEqual([access.header, access.source, expires], ['cf-access-token', 'cloudflared', 1_000]);
});

test('[ACC-8] nothing is kept where cloudflared holds none, the same, or one that is refused too', async () => {
  const refused = new DataansError('session-expired', 'No.');
  for (const given of [build(held, null), build(held, 'old'), build(held, 'new', refused)]) {
    assert.equal(await given.renew(held, signal), false);
    assert.deepEqual(given.kept, []);
  }
});

test('[ACC-8] only what came from cloudflared is renewed by it', async () => {
  const others: readonly Access[] = [
    { kind: 'none' },
    { kind: 'bearer', token: createSecret('old') },
    { ...held, source: 'browser' },
  ];
  for (const access of others) {
    const given = build(access, 'new');
    assert.equal(await given.renew(access, signal), false);
    assert.equal(given.asked(), 0);
  }
});

test('[ACC-8] a credential that somebody has put there meanwhile is used as it is', async () => {
  const { renew, asked } = build({ kind: 'none' }, 'new');
  assert.equal(await renew(held, signal), true);
  assert.equal(asked(), 0);
});

test('[ACC-8] requests that are refused together share one renewal', async () => {
  const { renew, kept, asked } = build(held, 'new');
  assert.deepEqual(await Promise.all([renew(held, signal), renew(held, signal)]), [true, true]);
  assert.deepEqual([asked(), kept.length], [1, 1]);
});

test('a server that cannot be reached is no refusal of the token', async () => {
  const { renew } = build(held, 'new', new DataansError('server-unreachable', 'Gone.'));
  await assert.rejects(renew(held, signal), { code: 'server-unreachable' });
});
