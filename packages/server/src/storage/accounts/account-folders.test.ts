import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { paths } from '@dataans/core';
import { testTwoAccounts } from '../../accounts/two-accounts.contract.ts';
import { systemClock } from '../../clock.ts';
import { afterTest } from '../../testing/after-test.ts';
import { createManyApp } from '../../testing/many-app.ts';
import { createRecordedLogger } from '../../testing/recorded-logger.ts';
import { assertRefused } from '../../testing/test-app.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openDataFolder, openTokensOf } from '../data-folder.ts';
import type { ManyStores } from '../server-stores.ts';
import { folderOfAccount, openAccountFolders } from './account-folders.ts';

// No folder stays open that nobody uses: each request opens one anew.
testTwoAccounts('a folder per account', async (t) => (await open(t, 0)).stores);

test('[SRV-45] [SRV-114] an account whose log is gone gets no new one, is told so, and the others go on', async (t) => {
  const { stores, root } = await open(t, 0);
  const logger = createRecordedLogger();
  const app = createManyApp(stores, { logger });
  for (const who of ['alice', 'bob']) await app.send(who, 'GET', paths.log);
  const [alice] = await stores.directory.list();
  assert.ok(alice !== undefined);
  const folder = folderOfAccount(root, alice.id);
  await rename(folder, `${folder} aside`);
  await assertRefused(await app.send('alice', 'GET', paths.log), 'unavailable');
  assert.equal((await app.send('bob', 'GET', paths.log)).status, 200);
  assert.match(JSON.stringify(logger.lines), /is gone\. Restore it from a backup/);
  await rename(`${folder} aside`, folder);
  assert.equal((await app.send('alice', 'GET', paths.log)).status, 200);
});

test('[SRV-45] a log that is not the one of the account is not taken for it', async (t) => {
  const { stores, root } = await open(t, 0);
  const app = createManyApp(stores);
  for (const who of ['alice', 'bob']) await app.send(who, 'GET', paths.log);
  const [alice, bob] = (await stores.directory.list()).map(({ id }) => folderOfAccount(root, id));
  assert.ok(alice !== undefined && bob !== undefined);
  await rm(alice, { recursive: true });
  await rename(bob, alice);
  await assertRefused(await app.send('alice', 'GET', paths.log), 'unavailable');
});

test('[SRV-110] the data folder of one person and that of many are not taken for each other', async (t) => {
  const one = join(await temporaryFolder(t), 'one');
  await (await openDataFolder(one)).close();
  await assert.rejects(openAccountFolders(one, systemClock), { message: /is one person's/ });
  const { stores, root } = await open(t, 1);
  await stores.close();
  for (const opening of [openDataFolder(root), openTokensOf(root)])
    await assert.rejects(opening, { message: /has many accounts, and DATAANS_ACCOUNTS isn't set/ });
});

test('[SRV-21] two servers do not use the accounts of one data folder', async (t) => {
  const { root } = await open(t, 1);
  await assert.rejects(openAccountFolders(root, systemClock), { message: /Another dataans-server is using/ });
});

test('[SRV-45] without the directory of its accounts a data folder is not used', async (t) => {
  const { stores, root } = await open(t, 1);
  await createManyApp(stores).send('alice', 'GET', paths.log);
  await stores.close();
  await rm(join(root, 'directory.sqlite'));
  await assert.rejects(openAccountFolders(root, systemClock), { message: /directory\.sqlite is gone/ });
});

async function open(
  t: TestContext,
  idleMax: number,
): Promise<{ readonly stores: ManyStores; readonly root: string }> {
  const root = join(await temporaryFolder(t), 'data');
  const stores = await openAccountFolders(root, systemClock, idleMax);
  afterTest(t, stores.close);
  return { stores, root };
}
