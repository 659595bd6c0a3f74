import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { utf8ToBytes } from '@dataans/core';
import { testTokenStore } from '../../stores/token-store.contract.ts';
import { sha256 } from '../../hash.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openSqliteTokens } from './sqlite-tokens.ts';
import { afterTest } from '../../testing/after-test.ts';

testTokenStore('SQLite tokens', async (t) => {
  const tokens = openSqliteTokens({ path: join(await temporaryFolder(t), 'tokens.sqlite') });
  afterTest(t, () => tokens.close());
  return tokens;
});

test('[SRV-25] what one process changes the next call of another sees', async (t) => {
  const path = join(await temporaryFolder(t), 'tokens.sqlite');
  const [server, operator] = [openSqliteTokens({ path }), openSqliteTokens({ path })];
  afterTest(t, () => Promise.all([server.close(), operator.close()]));
  const hash = sha256(utf8ToBytes('token'));
  await operator.add({ hash, name: 'phone', created: 1, expires: null });
  assert.equal((await server.find(hash))?.revoked, null);
  await operator.revoke('phone', 2);
  assert.equal((await server.find(hash))?.revoked, 2);
});
