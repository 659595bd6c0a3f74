import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { TokenStore } from './token-store.ts';

const [phone, laptop] = [sha256(utf8ToBytes('phone')), sha256(utf8ToBytes('laptop'))];

/** What every token store must do. Each test opens an empty one. */
export function testTokenStore(name: string, open: (test: TestContext) => Promise<TokenStore>): void {
  test(`[SRV-24] ${name}: a token is found by its hash, and no other is`, async (t) => {
    const tokens = await open(t);
    assert.equal(await tokens.add({ hash: phone, name: 'phone', created: 1, expires: 9 }), true);
    assert.deepEqual(await tokens.find(laptop), null);
    const found = await tokens.find(phone);
    assert.ok(found !== null);
    const { hash, ...rest } = found;
    assert.deepEqual([...hash], [...phone]);
    assert.deepEqual(rest, { name: 'phone', created: 1, expires: 9, lastUsed: null, revoked: null });
  });

  test(`[SRV-25] ${name}: a name is free again once its token is revoked`, async (t) => {
    const tokens = await open(t);
    await tokens.add({ hash: phone, name: 'phone', created: 1, expires: null });
    assert.equal(await tokens.add({ hash: laptop, name: 'phone', created: 2, expires: null }), false);
    assert.equal(await tokens.find(laptop), null);
    assert.equal(await tokens.revoke('phone', 3), true);
    assert.equal(await tokens.revoke('phone', 4), false);
    assert.equal(await tokens.add({ hash: laptop, name: 'phone', created: 5, expires: null }), true);
    assert.deepEqual(
      (await tokens.list()).map(({ created, revoked }) => [created, revoked]),
      [
        [1, 3],
        [5, null],
      ],
    );
  });

  test(`[SRV-25] ${name}: a use is noted`, async (t) => {
    const tokens = await open(t);
    await tokens.add({ hash: phone, name: 'phone', created: 1, expires: null });
    await tokens.touch(phone, 7);
    await tokens.touch(laptop, 7);
    assert.equal((await tokens.find(phone))?.lastUsed, 7);
  });
}
