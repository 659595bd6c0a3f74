import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { bytesToHex } from '@dataans/core';
import { nameOf, piecesOf } from '../chunks/chunk-store.contract.ts';
import { systemClock } from '../clock.ts';
import { readSettings, type Settings } from '../config/read-settings.ts';
import { createOwnCommand } from '../backups/own-command.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { newAccountId, openDirectory, openManyStores } from '../storage/open-stores.ts';
import { folderOfAccount } from '../storage/accounts/account-folders.ts';
import type { AccountId } from '../stores/directory.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { fillDataFolder } from '../testing/filled-data-folder.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createIdentity } from '../auth/identity.ts';
import { backUpKept } from './back-up-accounts.ts';
import { createBackupWork } from './backup-work.ts';
import { checkBackupIn } from './check-backup.ts';
import type { About } from './for-accounts.ts';
import { restoreKept } from './restore-kept.ts';

const program = [process.execPath, join(import.meta.dirname, '../../bin/dataans-server.mjs')] as const;

test('[SRV-116] a backup of all accounts brings all of them back, with who comes in where', async (t) => {
  const { data, backup, folder } = await setUp(t, { alice: 3, bob: 5 });
  await backUpKept(aboutOf(data).about, { folder: backup, verify: false });
  const back = join(folder, 'back');
  await restoreKept(aboutOf(back).about, { folder: backup, number: null });
  assert.deepEqual(await describe(back), await describe(data));
  const directory = await openDirectory(settingsFor(back));
  assert.equal((await directory.findBySignIn(signInOf('alice')))?.name, 'alice');
  assert.equal(await directory.countTokens(), 0);
  await directory.close();
});

test('[SRV-116] a second backup copies what is new, and its figures are those of all accounts together', async (t) => {
  const { data, backup } = await setUp(t, { alice: 3, bob: 5 });
  const json = aboutOf(data, { asJson: true });
  await backUpKept(json.about, { folder: backup, verify: false });
  const first = json.report();
  assert.deepEqual([first.ok, first.isFirst, first.operations, first.chunks.copied], [true, true, 8, 2]);
  await append(data, 'bob', 2);
  const again = aboutOf(data, { asJson: true });
  await backUpKept(again.about, { folder: backup, verify: false });
  const second = again.report();
  assert.deepEqual([second.isFirst, second.operations, second.chunks.copied], [false, 10, 0]);
  assert.deepEqual((await readdir(backup)).toSorted(), [
    'accounts',
    'accounts.json',
    'backup-lock.sqlite',
    'directory-2.sqlite',
  ]);
});

test('[SRV-116] an account that cannot be read is named, the others are backed up, and its earlier backup stays', async (t) => {
  const { data, backup, folder, ids } = await setUp(t, { alice: 3, bob: 5 });
  await backUpKept(aboutOf(data).about, { folder: backup, verify: false });
  await append(data, 'bob', 2);
  await writeFile(join(folderOfAccount(data, ids.alice), 'log.sqlite'), 'not a database');
  const { about, printed } = aboutOf(data);
  await assert.rejects(backUpKept(about, { folder: backup, verify: false }), {
    name: 'OperatorError',
    exitCode: 6,
    message: /^Something was wrong with 1 account\. See above\.$/,
  });
  assert.match(printed.stderr, new RegExp(`^alice \\(${ids.alice}\\): `));
  const back = join(folder, 'back');
  await restoreKept(aboutOf(back).about, { folder: backup, number: null });
  assert.deepEqual(
    (await describe(back)).map(({ name, head }) => [name, head]),
    [
      ['alice', 3],
      ['bob', 7],
    ],
  );
});

test('[SRV-116] one account is restored from the backup of all, beside its tokens', async (t) => {
  const { data, backup, ids } = await setUp(t, { alice: 3, bob: 5 });
  await backUpKept(aboutOf(data).about, { folder: backup, verify: false });
  const before = await describe(data);
  const folder = folderOfAccount(data, ids.alice);
  for (const name of await readdir(folder))
    if (!name.startsWith('tokens')) await rm(join(folder, name), { recursive: true });
  await restoreKept(aboutOf(data, { account: 'alice' }).about, { folder: backup, number: null });
  assert.deepEqual(await describe(data), before);
  await assert.rejects(
    restoreKept(aboutOf(data, { account: 'bob' }).about, { folder: backup, number: null }),
    {
      message: /isn't empty/,
    },
  );
});

test('[SRV-116] the notes of one person move in as an account, and out again', async (t) => {
  const { data, folder } = await setUp(t, { alice: 3 });
  const [one, moved, out] = ['one', 'moved', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await fillDataFolder(one, { operations: 9, chunkBytes: [10] });
  await backUpKept(aboutOf(one, { many: false }).about, { folder: moved, verify: false });
  await assert.rejects(restoreKept(aboutOf(data).about, { folder: moved, number: null }), {
    exitCode: 2,
    message: /say which account gets it, with --account/,
  });
  await addAccount(data, 'carol');
  await restoreKept(aboutOf(data, { account: 'carol' }).about, { folder: moved, number: null });
  assert.deepEqual(
    (await describe(data)).map(({ name, head }) => [name, head]),
    [
      ['alice', 3],
      ['carol', 9],
    ],
  );
  await backUpKept(aboutOf(data, { account: 'carol' }).about, { folder: out, verify: false });
  const alone = join(folder, 'alone');
  await restoreKept(aboutOf(alone, { many: false }).about, { folder: out, number: null });
  const stores = await openDataFolder(alone);
  assert.equal((await stores.log.head()).seq, 9);
  await stores.close();
});

test('[SRV-116] a backup of all accounts and one of a single account are not taken for each other', async (t) => {
  const { data, backup, folder } = await setUp(t, { alice: 3 });
  const single = join(folder, 'single');
  await backUpKept(aboutOf(data).about, { folder: backup, verify: false });
  await backUpKept(aboutOf(data, { account: 'alice' }).about, { folder: single, verify: false });
  for (const [about, into, sentence] of [
    [aboutOf(data), single, /is the backup of one account/],
    [aboutOf(data, { account: 'alice' }), backup, /is a backup of many accounts/],
  ] as const)
    await assert.rejects(backUpKept(about.about, { folder: into, verify: false }), { message: sentence });
  await assert.rejects(
    restoreKept(aboutOf(join(folder, 'new'), { many: false }).about, { folder: backup, number: null }),
    { message: /backup of many accounts\. Set DATAANS_ACCOUNTS=many/ },
  );
});

test('[SRV-82] [SRV-116] a check of a backup reads that of each account, and the directory', async (t) => {
  const { data, backup, ids } = await setUp(t, { alice: 3, bob: 5 });
  await backUpKept(aboutOf(data).about, { folder: backup, verify: false });
  await checkBackupIn(backup, aboutOf(data).about.how);
  await writeFile(join(backup, 'accounts', ids.bob, 'log-1.sqlite'), 'other bytes');
  const { about, printed } = aboutOf(data);
  await assert.rejects(checkBackupIn(backup, about.how), { exitCode: 6 });
  assert.match(printed.stderr, new RegExp(ids.bob));
  assert.doesNotMatch(printed.stderr, new RegExp(ids.alice));
  await writeFile(join(backup, 'directory-1.sqlite'), 'other bytes');
  await assert.rejects(checkBackupIn(backup, about.how), {
    exitCode: 6,
    message: /directory-1\.sqlite is damaged/,
  });
});

test('[SRV-80] [SRV-116] the server backs up all of its accounts by the command that an operator would run', async (t) => {
  const { data, backup } = await setUp(t, { alice: 3, bob: 5 });
  const command = createOwnCommand(program, { DATAANS_DATA: data, DATAANS_ACCOUNTS: 'many' });
  const work = createBackupWork({ folder: backup, heartbeatUrl: null, command, configWords: [] });
  assert.equal(await work.isThere(), false);
  assert.deepEqual(await work.make(false), {
    folder: backup,
    first: true,
    operations: 8,
    chunks: 2,
    copied: 2,
  });
  await work.prove();
  assert.equal(await work.isThere(), true);
});

test('[SRV-37] a restore of all accounts that was interrupted is no data folder, and can be run again', async (t) => {
  const { data, backup, folder } = await setUp(t, { alice: 3 });
  await backUpKept(aboutOf(data).about, { folder: backup, verify: false });
  const back = join(folder, 'back');
  await restoreKept(aboutOf(back).about, { folder: backup, number: null });
  await assert.rejects(restoreKept(aboutOf(back).about, { folder: backup, number: null }), {
    message: /isn't empty/,
  });
  await writeFile(join(back, 'restore-unfinished'), '');
  await assert.rejects(openMany(back), { message: /wasn't finished/ });
  await restoreKept(aboutOf(back).about, { folder: backup, number: null });
  assert.deepEqual(await describe(back), await describe(data));
});

function settingsFor(data: string, many = true): Settings {
  const environment = { DATAANS_DATA: data, ...(many && { DATAANS_ACCOUNTS: 'many' }) };
  return readSettings(environment, null, () => data);
}

interface Report {
  readonly ok: boolean;
  readonly isFirst: boolean;
  readonly operations: number;
  readonly chunks: { readonly copied: number };
}

function aboutOf(
  data: string,
  {
    asJson = false,
    account = null,
    many = true,
  }: { readonly asJson?: boolean; readonly account?: string | null; readonly many?: boolean } = {},
) {
  const output = createRecordedOutput();
  const progress = { show: () => {}, clear: () => {} };
  const about: About = { settings: settingsFor(data, many), account, how: { output, progress, asJson } };
  return {
    about,
    printed: output.printed,
    // What our own command prints.
    report: () => JSON.parse(output.printed.stdout) as Report,
  };
}

function signInOf(name: string) {
  return { method: 'test', issuer: '', subject: name, name: `${name}@example.org` };
}

function openMany(data: string) {
  return openManyStores(settingsFor(data), { clock: systemClock, onLost: () => {} });
}

async function addAccount(data: string, name: string): Promise<AccountId> {
  const directory = await openDirectory(settingsFor(data));
  const id = newAccountId();
  await directory.add({ id, name, created: (await directory.list()).length });
  await directory.link(signInOf(name), id);
  await directory.close();
  return id;
}

async function append(data: string, name: string, operations: number): Promise<void> {
  const stores = await openMany(data);
  const account = (await stores.directory.list()).find((one) => one.name === name)?.id ?? null;
  const { log, chunks } = await stores.accounts.of(createIdentity('test', name, null, { account }));
  if ((await log.head()).seq === 0) {
    const body = randomBytes(100);
    await chunks.put(nameOf(body), piecesOf(body, 10));
  }
  await log.append(envelopeFrames(randomBytes(8).toString('hex'), operations));
  await stores.close();
}

/** What there is of each account. */
async function describe(data: string) {
  const stores = await openMany(data);
  const found = [];
  for (const { id, name, log: known } of await stores.directory.list()) {
    const { log, chunks } = await stores.accounts.of(createIdentity('test', name, null, { account: id }));
    const { seq, chain } = await log.head();
    found.push({
      id,
      name,
      known,
      log: log.id,
      head: seq,
      chain: bytesToHex(chain),
      chunks: await chunks.list(null, 9),
    });
  }
  await stores.close();
  return found;
}

/** A data folder with accounts of so many operations and a chunk each. */
async function setUp<Name extends string>(t: TestContext, operationsByName: Readonly<Record<Name, number>>) {
  const folder = await temporaryFolder(t);
  const [data, backup] = [join(folder, 'data'), join(folder, 'backup')];
  const ids: Record<string, AccountId> = {};
  for (const [name, operations] of Object.entries<number>(operationsByName)) {
    ids[name] = await addAccount(data, name);
    await append(data, name, operations);
  }
  // Each name was given an id.
  return { folder, data, backup, ids: ids as Record<Name, AccountId> };
}
