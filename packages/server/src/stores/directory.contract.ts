import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { bytesToUuid, utf8ToBytes, type LogId } from '@dataans/core';
import { sha256 } from '../hash.ts';
import { waitingMax, type AccountId, type Directory, type NewAccount, type SignIn } from './directory.ts';

const idOf = (text: string) => bytesToUuid<AccountId>(sha256(utf8ToBytes(text)).subarray(0, 16));
const accountOf = (name: string, created = 1): NewAccount => ({ id: idOf(name), name, created });
const signInOf = (subject: string, name = 'alice@example.org'): SignIn => ({
  method: 'jwt',
  issuer: 'https://issuer.example.org',
  subject,
  name,
});

/** What every directory of accounts must do. Each test opens an empty one, at two places. */
export function testDirectory(
  name: string,
  openTwo: (test: TestContext) => Promise<readonly [Directory, Directory]>,
): void {
  test(`[SRV-110] ${name}: of ten first requests of one person, all get the same account, and there is one`, async (t) => {
    const both = await openTwo(t);
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        both[index % 2 === 0 ? 0 : 1].enrol(signInOf('1'), accountOf(`try ${index}`)),
      ),
    );
    assert.equal(new Set(all.map(({ id }) => id)).size, 1);
    assert.deepEqual(await both[1].list(), [all[0]]);
  });

  test(`[SRV-111] ${name}: an account belongs to a subject of an issuer, whatever address that has`, async (t) => {
    const [directory, other] = await openTwo(t);
    const alice = await directory.enrol(signInOf('1'), accountOf('alice'));
    const heir = await directory.enrol(signInOf('2'), accountOf('heir'));
    assert.notEqual(alice.id, heir.id);
    assert.equal((await other.findBySignIn(signInOf('1', 'renamed@example.org')))?.id, alice.id);
    for (const stranger of [
      { ...signInOf('1'), issuer: 'https://other.example.org' },
      { ...signInOf('1'), method: 'cloudflare-access' },
      signInOf('alice@example.org'),
    ])
      assert.equal(await other.findBySignIn(stranger), null);
  });

  test(`[SRV-112] ${name}: who is linked waits no more, and has one account at a time`, async (t) => {
    const [directory, other] = await openTwo(t);
    for (const account of ['one', 'two']) await directory.add(accountOf(account));
    await directory.noteWaiting({ ...signInOf('1'), tried: 5 });
    assert.deepEqual(await other.listWaiting(), [{ ...signInOf('1'), tried: 5 }]);
    await other.link(signInOf('1'), idOf('one'));
    assert.deepEqual(await directory.listWaiting(), []);
    await other.link(signInOf('1', 'new name'), idOf('two'));
    assert.deepEqual(await directory.listSignIns(), [{ ...signInOf('1', 'new name'), account: idOf('two') }]);
  });

  test(`[SRV-112] ${name}: of sign-ins without an account, the last ones are remembered`, async (t) => {
    const [directory] = await openTwo(t);
    for (let tried = 0; tried <= waitingMax; tried += 1)
      await directory.noteWaiting({ ...signInOf(String(tried)), tried });
    const waiting = await directory.listWaiting();
    assert.deepEqual([waiting.length, waiting[0]?.tried, waiting.at(-1)?.tried], [waitingMax, waitingMax, 1]);
  });

  test(`[SRV-110] ${name}: what becomes of an account is seen at once everywhere`, async (t) => {
    const [directory, other] = await openTwo(t);
    const log = bytesToUuid<LogId>(sha256(utf8ToBytes('log')).subarray(0, 16));
    await directory.add(accountOf('one'));
    await directory.setClosed(idOf('one'), 7);
    await directory.setQuota(idOf('one'), 8);
    await directory.noteLog(idOf('one'), log);
    assert.deepEqual(await other.find(idOf('one')), { ...accountOf('one'), closed: 7, quota: 8, log });
    await directory.setClosed(idOf('one'), null);
    assert.equal((await other.find(idOf('one')))?.closed, null);
    assert.equal(await other.find(idOf('two')), null);
  });

  test(`[SRV-116] ${name}: accounts that are elsewhere are made as they are there, with their sign-ins, once`, async (t) => {
    const [directory, other] = await openTwo(t);
    const log = bytesToUuid<LogId>(sha256(utf8ToBytes('log')).subarray(0, 16));
    const accounts = [
      { ...accountOf('one'), closed: 7, quota: 8, log },
      { ...accountOf('two', 2), closed: null, quota: null, log: null },
    ];
    const signIns = [{ ...signInOf('1'), account: idOf('one') }];
    for (let times = 0; times < 2; times += 1) await directory.addAll({ accounts, signIns });
    assert.deepEqual(
      (await other.list()).map(({ id, name: called, closed, quota }) => [id, called, closed, quota]),
      [
        [idOf('one'), 'one', 7, 8],
        [idOf('two'), 'two', null, null],
      ],
    );
    assert.deepEqual(await other.listSignIns(), signIns);
  });
}
