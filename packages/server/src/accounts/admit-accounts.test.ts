import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { inProcessPeer, type Subject } from '../auth/authenticator.ts';
import { createIdentity } from '../auth/identity.ts';
import { openSqliteDirectory } from '../storage/sqlite/sqlite-directory.ts';
import type { AccountId, Directory } from '../stores/directory.ts';
import { StorageFullError } from '../stores/storage-full.ts';
import { afterTest } from '../testing/after-test.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createRecordedLogger } from '../testing/recorded-logger.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { admitAccounts } from './admit-accounts.ts';

const alice: Subject = { kind: 'person', issuer: 'https://issuer.example.org', id: '1' };

test('[SRV-111] somebody else who gets the e-mail address of a person gets an account of their own', async (t) => {
  const { admit } = await setUp(t, { enrols: true });
  const before = await admit(alice, 'alice@example.org');
  assert.equal(await admit(alice, 'alice.jones@example.org'), before);
  assert.notEqual(await admit({ ...alice, id: '2' }, 'alice@example.org'), before);
  assert.notEqual(
    await admit({ ...alice, issuer: 'https://other.example.org' }, 'alice@example.org'),
    before,
  );
});

test('[SRV-112] with enrolment closed a person is told whom to ask, and the operator sees them', async (t) => {
  const { admit, directory, clock } = await setUp(t, { enrols: false });
  for (let tries = 0; tries < 3; tries += 1)
    await assert.rejects(admit(alice, 'alice@example.org'), {
      code: 'forbidden',
      reason: 'no-account',
      message: /no account on this server\. Ask whoever runs it.*dataans-server account list/,
    });
  const tried = clock.now();
  const key = { method: 'test', issuer: alice.issuer, subject: '1', name: 'alice@example.org' };
  assert.deepEqual(await directory.listWaiting(), [{ ...key, tried }]);
  const account = await makeAccount(directory);
  await directory.link(key, account);
  assert.equal(await admit(alice, 'alice@example.org'), account);
});

test('[SRV-112] who is refused again and again makes the server write once a minute', async (t) => {
  const { admit, directory, clock } = await setUp(t, { enrols: false });
  const triedAt = async () => {
    await assert.rejects(admit(alice, 'alice@example.org'));
    return (await directory.listWaiting())[0]?.tried;
  };
  const first = await triedAt();
  await clock.advance(59_999);
  assert.equal(await triedAt(), first);
  await clock.advance(1);
  assert.equal(await triedAt(), clock.now());
});

test('[SRV-112] a service token gets no account by itself, and is no person with the same id', async (t) => {
  const { admit, directory } = await setUp(t, { enrols: true });
  const service: Subject = { ...alice, kind: 'service' };
  const account = await admit(alice, 'alice@example.org');
  await assert.rejects(admit(service, '1'), { reason: 'no-account' });
  const [waiting] = await directory.listWaiting();
  assert.ok(waiting !== undefined);
  await directory.link(waiting, account);
  assert.equal(await admit(service, '1'), account);
});

test('[SRV-112] nobody comes in to a closed account, by a sign-in or by a token, until it is opened again', async (t) => {
  const { admit, admitToken, directory } = await setUp(t, { enrols: true });
  const account = await admit(alice, 'alice@example.org');
  await directory.setClosed(account, 1);
  for (const refused of [admit(alice, 'alice@example.org'), admitToken(account)])
    await assert.rejects(refused, {
      code: 'forbidden',
      reason: 'account-closed',
      message: /has been closed/,
    });
  await directory.setClosed(account, null);
  assert.equal(await admit(alice, 'alice@example.org'), account);
  assert.equal(await admitToken(account), account);
});

test('[SRV-112] a full disk does not change what somebody without an account is told', async (t) => {
  const { directory } = await setUp(t, { enrols: false });
  const full = { ...directory, noteWaiting: () => Promise.reject(new StorageFullError(null)) };
  const { admit } = await setUp(t, { enrols: false, directory: full });
  await assert.rejects(admit(alice, 'alice@example.org'), { reason: 'no-account' });
});

test('[SRV-110] an account that is made is told in the log, without a name', async (t) => {
  const { admit, logger } = await setUp(t, { enrols: true });
  const account = await admit(alice, 'alice@example.org');
  await admit(alice, 'alice@example.org');
  assert.deepEqual(logger.lines, [{ level: 'info', message: 'account made', account }]);
});

async function setUp(t: TestContext, options: { readonly enrols: boolean; readonly directory?: Directory }) {
  const path = join(await temporaryFolder(t), 'directory.sqlite');
  const own = openSqliteDirectory({ path });
  afterTest(t, own.close);
  const { enrols, directory = own } = options;
  const [clock, logger] = [createManualClock(), createRecordedLogger()];
  let made = 0;
  const newAccountId = () => idOf((made += 1));
  const surroundings = { directory, enrols, newAccountId, clock, logger };
  const call = { request: new Request('http://server/v1/log'), peer: inProcessPeer };
  const accountOf = async (identity: ReturnType<typeof createIdentity>) => {
    const { account } = await admitAccounts(async () => identity, surroundings)(call);
    assert.ok(account !== null);
    return account;
  };
  // One of them remembers what it wrote down.
  let identity = createIdentity('test', '', null);
  const admitting = admitAccounts(async () => identity, surroundings);
  return {
    directory,
    clock,
    logger,
    admit: async (subject: Subject, name: string) => {
      identity = createIdentity('test', name, null, { subject });
      const { account } = await admitting(call);
      assert.ok(account !== null);
      return account;
    },
    admitToken: (account: AccountId) => accountOf(createIdentity('token', 'laptop', null, { account })),
  };
}

async function makeAccount(directory: Directory): Promise<AccountId> {
  const id = idOf(99);
  await directory.add({ id, name: 'alice', created: 1 });
  return id;
}

/** A UUID with a number in it. */
function idOf(number: number): AccountId {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as AccountId;
}
