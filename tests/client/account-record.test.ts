import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createSecret, type Secret } from '@dataans/client';
import {
  addDataKey,
  bytesToUtf8,
  encodeKeyring,
  openAccount,
  parseAccountRecord,
  sealAccount,
  type AccountRecord,
  type ProvableRecord,
} from '@dataans/core';
import { readCredentials } from '../../packages/client/src/node/credentials.ts';
import { backUp, startInPlaceOf } from './healing-world.ts';
import { createQuickPrimitives } from './quick-primitives.ts';
import { createMeddledTransport, cutOff } from './transports.ts';
import { addNotes, makeHome, noAccess, noteTexts, password, signedIn, startServer, sync } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

const primitives = createQuickPrimitives();
const second = createSecret('second password');
const third = createSecret('third password');

test('[ACC-23] after a change of password other devices go on, and new ones need the new password', async (t) => {
  const { server, a, b } = await twoDevices(t);
  await changePassword(a, password, second);
  await (await a.engine()).sync({ witness: true }); // Which names the revision. // WIT-4
  await addNotes(b, 1);
  const report = await sync(b);
  assert.deepEqual(report.problems, []);
  assert.deepEqual(b.status().findings, []);
  assert.equal(revisionOf(b), 2);
  await assert.rejects(trySignIn(t, server.address, a, password), { code: 'wrong-credentials' });
  const c = await trySignIn(t, server.address, a, second);
  await sync(c);
  assert.deepEqual(noteTexts(c), noteTexts(b));
});

test('[ACC-20] a steady sync is one request, and the one after a change of password notices it at once', async (t) => {
  const server = await startServer(t);
  const lines: string[] = [];
  const transport = createMeddledTransport((line, _, send) => {
    lines.push(line);
    return send();
  });
  const a = await signedIn(t, server.address);
  const b = await signedIn(t, server.address, a, { transport });
  await sync(b);
  lines.length = 0;
  await sync(b);
  assert.deepEqual(lines, ['GET /v1/operations']);
  await changePassword(a, password, second);
  lines.length = 0;
  await sync(b);
  assert.deepEqual(lines, ['GET /v1/operations', 'GET /v1/account']);
  assert.equal(revisionOf(b), 2);
  lines.length = 0;
  await sync(b);
  assert.deepEqual(lines, ['GET /v1/operations']);
});

test('[ACC-20] a wiped server that gets the old record from a sleeping device gets the new one from another', async (t) => {
  const { server: first, a, b } = await twoDevices(t);
  await changePassword(a, password, second);
  const server = await startInPlaceOf(t, first);
  await sync(b); // It has not heard of the change, and gives what it keeps.
  assert.equal(revisionOf(b), 1);
  await sync(a);
  await assert.rejects(trySignIn(t, server.address, a, password), { code: 'wrong-credentials' });
  await trySignIn(t, server.address, a, second);
  await sync(b);
  assert.equal(revisionOf(b), 2);
  assert.deepEqual(b.status().findings, []);
});

test('[ACC-20] a server put back to an older record gets the newer one again, and the person is told', async (t) => {
  const { server, a } = await twoDevices(t);
  const { server: running, copy } = await backUp(t, server);
  await changePassword(a, password, second);
  await sync(a);
  const back = await startInPlaceOf(t, running, copy);
  await sync(a);
  assert.deepEqual(kinds(a), ['account-rolled-back']);
  await sync(a);
  assert.deepEqual(kinds(a), ['account-rolled-back']);
  await assert.rejects(trySignIn(t, back.address, a, password), { code: 'wrong-credentials' });
  await trySignIn(t, back.address, a, second);
});

test('[ACC-20] an old record that only the server keeps never comes back, whichever device meets it', async (t) => {
  const { server, a, b } = await twoDevices(t);
  const old = await recordOf(server.address);
  await changePassword(a, password, second);
  await sync(b);
  await putRecord(server.address, old);
  await addNotes(b, 1);
  const { problems, sent } = await sync(b);
  assert.deepEqual([problems, sent], [[], 1]);
  assert.equal((await recordOf(server.address)).revision, 2);
  assert.deepEqual(kinds(b), ['account-rolled-back']);
});

test('[ACC-20] [ACC-1] signing in to a server with an old record puts the newer one there first', async (t) => {
  const { server, a } = await twoDevices(t);
  const old = await recordOf(server.address);
  await changePassword(a, password, second);
  for (const [given, outcome] of [
    [second, null],
    [password, 'wrong-credentials'],
  ] as const) {
    await putRecord(server.address, old);
    const again = signInAgain(a, server.address, given);
    if (outcome === null) await again;
    else await assert.rejects(again, { code: outcome, message: /were changed since/ });
    assert.equal((await recordOf(server.address)).revision, 2);
  }
  assert.deepEqual(kinds(a), ['account-rolled-back']);
});

for (const winner of ['the first', 'the second'] as const)
  test(`[ACC-23] of two changes at once ${winner} wins, and the other one says that the old password is none any more`, async (t) => {
    const server = await startServer(t);
    const a = await signedIn(t, server.address);
    let meanwhile: (() => Promise<unknown>) | null = null;
    const transport = createMeddledTransport(async (line, _, send) => {
      const other = line === 'PUT /v1/account' ? meanwhile : null;
      if (other === null) return send();
      meanwhile = null;
      if (winner === 'the second') await other();
      const response = await send();
      if (winner === 'the first') await other();
      return response;
    });
    const b = await signedIn(t, server.address, a, { transport });
    let lost: unknown = null;
    meanwhile = async () => changePassword(a, password, third).catch((error: unknown) => (lost = error));
    const change = changePassword(b, password, second);
    if (winner === 'the first') await change;
    else await assert.rejects(change, { code: 'wrong-credentials' });
    assert.equal(lost === null, winner === 'the second');
    const inForce = winner === 'the first' ? second : third;
    await trySignIn(t, server.address, a, inForce);
    for (const home of [a, b]) {
      await sync(home);
      assert.equal(revisionOf(home), 2);
    }
  });

test('[ACC-23] a change whose answers are lost, with the program, is kept by the next sync', async (t) => {
  const server = await startServer(t);
  let isDown = false;
  const transport = createMeddledTransport(async (line, _, send) => {
    if (isDown) throw cutOff();
    const response = await send();
    if (line !== 'PUT /v1/account' || revisionOf(a) === null) return response;
    isDown = true;
    throw cutOff();
  });
  const a = await makeHome(t, { transport });
  await a.signIn({ server: server.address, password, passphrase: null, access: noAccess, device: 'Laptop' });
  const before = a.profile()?.passphrase.reveal();
  const change = { password, newPassword: second, newPassphrase: true };
  await assert.rejects(a.changePassword(change), { code: 'server-unreachable' });
  assert.equal(revisionOf(a), 1);
  isDown = false;
  await sync(a);
  assert.equal(revisionOf(a), 2);
  assert.notEqual(a.profile()?.passphrase.reveal(), before);
  await trySignIn(t, server.address, a, second);
});

test('[ACC-23] a lost answer alone is no failure', async (t) => {
  const server = await startServer(t);
  let lose = false;
  const transport = createMeddledTransport(async (line, _, send) => {
    const response = await send();
    if (line !== 'PUT /v1/account' || !lose) return response;
    lose = false;
    throw cutOff();
  });
  const a = await signedIn(t, server.address, undefined, { transport });
  lose = true;
  await changePassword(a, password, second);
  assert.equal(lose, false);
  assert.equal(revisionOf(a), 2);
});

test('[KEY-13] a new passphrase shows on the other devices after their next sync', async (t) => {
  const { a, b } = await twoDevices(t);
  const made = await a.changePassword({ password, newPassword: second, newPassphrase: true });
  assert.equal(a.profile()?.passphrase.reveal(), made.reveal());
  assert.notEqual(b.profile()?.passphrase.reveal(), made.reveal());
  await sync(b);
  assert.equal(b.profile()?.passphrase.reveal(), made.reveal());
});

test('[ACC-23] a wrong old password changes nothing', async (t) => {
  const { server, a } = await twoDevices(t);
  await assert.rejects(changePassword(a, second, third), { code: 'wrong-credentials' });
  assert.equal((await recordOf(server.address)).revision, 1);
  assert.equal(revisionOf(a), 1);
});

test('[KEY-10] a home and a server with a record of version 1 get version 2 with the next change of password', async (t) => {
  const { server, a, b } = await twoDevices(t);
  const former = await formerRecord(a);
  for (const home of [a, b]) await writeFile(recordPath(home), JSON.stringify(former));
  await putRecord(server.address, former);
  for (const home of [a, b]) await sync(home);
  assert.deepEqual([...kinds(a), ...kinds(b)], []);
  await changePassword(a, password, second);
  await sync(b);
  assert.equal(revisionOf(b), 1);
  await putRecord(server.address, former);
  await sync(b);
  assert.equal((await recordOf(server.address)).revision, 1);
});

test('[ACC-22] after a new data key a device asks for a sign-in, and what it cannot open is no finding', async (t) => {
  const { server, a, b } = await twoDevices(t);
  await rotate(a, server.address);
  await addNotes(a, 2);
  assert.deepEqual((await sync(a)).problems, []);
  const report = await sync(b);
  assert.equal(report.quarantined, 2);
  assert.deepEqual(
    report.problems.map(({ code }) => code),
    ['not-signed-in'],
  );
  assert.deepEqual(kinds(b), []);
  assert.equal(b.status().state, 'problem');
  assert.equal(await b.renewAccess({ server: server.address, access: noAccess }), false);
  const engine = await b.engine();
  await signInAgain(b, server.address, password);
  const released = await engine.sync(); // The engine of before the sign-in, as a watch has it.
  assert.deepEqual([released.released, released.problems], [2, []]);
  assert.deepEqual(noteTexts(b), noteTexts(a));
});

test('[ACC-22] an entry under a key that the account does not name is a finding at once', async (t) => {
  const { server, a, b } = await twoDevices(t);
  const old = await recordOf(server.address);
  await rotate(a, server.address);
  await addNotes(a, 1);
  await sync(a);
  await putRecord(server.address, old);
  await sync(b);
  assert.deepEqual(kinds(b), ['entry-unreadable']);
});

test('[ACC-21] what is sealed under a key that the server’s account lacks stays here until a sign-in joins both', async (t) => {
  const { server, a, b } = await twoDevices(t);
  const old = await recordOf(server.address);
  await rotate(a, server.address);
  await addNotes(a, 1);
  await putRecord(server.address, old);
  await changePassword(b, password, second); // From the older record, to the same revision.
  const { sent, held, problems } = await sync(a);
  assert.deepEqual([sent, held, problems.map(({ code }) => code)], [0, 1, ['not-signed-in']]);
  assert.deepEqual(kinds(a), ['account-changed']);
  await signInAgain(a, server.address, second);
  assert.equal((await sync(a)).sent, 1);
  assert.deepEqual(kinds(a), []);
  const c = await trySignIn(t, server.address, a, second);
  await sync(c);
  assert.deepEqual(noteTexts(c), noteTexts(a));
});

test('[ACC-21] a wiped server has the record with the new key before anything that is sealed under it', async (t) => {
  const { server: first, a, b } = await twoDevices(t);
  await rotate(a, first.address);
  await addNotes(a, 3);
  await sync(a);
  const server = await startInPlaceOf(t, first);
  await sync(b);
  await sync(a);
  const c = await trySignIn(t, server.address, a, password);
  await sync(c);
  assert.deepEqual(noteTexts(c), noteTexts(a));
  assert.equal(c.status().quarantined, 0);
});

async function twoDevices(t: TestContext) {
  const server = await startServer(t);
  const a = await signedIn(t, server.address);
  await addNotes(a, 2);
  await sync(a);
  const b = await signedIn(t, server.address, a);
  await sync(b);
  await sync(a);
  return { server, a, b };
}

function changePassword(home: TestHome, from: Secret, to: Secret): Promise<Secret> {
  return home.changePassword({ password: from, newPassword: to, newPassphrase: false });
}

async function trySignIn(t: TestContext, server: string, like: TestHome, given: Secret): Promise<TestHome> {
  const home = await makeHome(t);
  const passphrase = like.profile()?.passphrase ?? null;
  await home.signIn({ server, password: given, passphrase, access: noAccess, device: 'Tablet' });
  return home;
}

async function signInAgain(home: TestHome, server: string, given: Secret): Promise<void> {
  const passphrase = home.profile()?.passphrase ?? null;
  await home.signIn({ server, password: given, passphrase, access: noAccess, device: 'Laptop' });
}

/** What a device does that gives the account a new data key. */
async function rotate(home: TestHome, server: string): Promise<void> {
  const keyring = readCredentials(join(home.directory, 'credentials.json'))?.keyring;
  assert.ok(keyring !== undefined);
  const passphrase = home.profile()?.passphrase.reveal() ?? '';
  const credentials = { password: password.reveal(), passphrase };
  const { revision } = await recordOf(server);
  await putRecord(
    server,
    await sealAccount(primitives, credentials, addDataKey(primitives, keyring), revision + 1),
  );
  await signInAgain(home, server, password);
}

/** The home's record as the first version wrote it. */
async function formerRecord(home: TestHome): Promise<AccountRecord> {
  const passphrase = home.profile()?.passphrase.reveal() ?? '';
  const record = parseAccountRecord(JSON.parse(readFileSync(recordPath(home), 'utf8')));
  assert.ok(record !== null);
  const opened = await openAccount(primitives, { password: password.reveal(), passphrase }, record);
  assert.ok(opened.ok);
  return sealFormer(passphrase, bytesToUtf8(encodeKeyring(opened.keyring)) ?? '');
}

async function sealFormer(passphrase: string, keyring: string): Promise<AccountRecord> {
  const text = new TextEncoder();
  const [secret, salt] = [password.reveal(), passphrase].map((part) => primitives.hash(text.encode(part)));
  assert.ok(secret !== undefined && salt !== undefined);
  const rootKey = await primitives.stretchPassword(secret, salt, 1_200_000);
  const key = await primitives.deriveSealingKey(rootKey, 'dataans/keyring/1');
  const nonce = primitives.randomBytes(12);
  const additionalData = Buffer.concat([
    Buffer.from('dataans/keyring/1'),
    Buffer.from([1, 0, 0x12, 0x4f, 0x80]),
  ]);
  const [ciphertext] = await primitives.sealMany(key, [
    { nonce, plaintext: text.encode(keyring), additionalData },
  ]);
  const sealed = Buffer.concat([Buffer.from([1]), nonce, ciphertext ?? new Uint8Array()]).toString(
    'base64url',
  );
  return { version: 1, kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1_200_000 }, keyring: sealed };
}

async function recordOf(server: string): Promise<ProvableRecord> {
  return (await (await fetch(`${server}/v1/account`)).json()) as ProvableRecord; // As this version writes it.
}

/** Puts a record there as the server's operator could, whatever is there. */
async function putRecord(server: string, record: AccountRecord): Promise<void> {
  const etag = (await fetch(`${server}/v1/account`)).headers.get('etag') ?? '';
  const headers = { 'content-type': 'application/json', 'if-match': etag };
  const { status } = await fetch(`${server}/v1/account`, {
    method: 'PUT',
    headers,
    body: JSON.stringify(record),
  });
  assert.equal(status, 204);
}

function recordPath(home: TestHome): string {
  return join(home.directory, 'account.json');
}

function revisionOf(home: TestHome): number | null {
  try {
    return (JSON.parse(readFileSync(recordPath(home), 'utf8')) as ProvableRecord).revision;
  } catch {
    return null;
  }
}

function kinds(home: TestHome): readonly string[] {
  return home.status().findings.map(({ kind }) => kind);
}
