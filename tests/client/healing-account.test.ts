import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { createSecret } from '@dataans/client';
import { attachRandomFile } from './attach.ts';
import { assertWhole, headOf, missingChunks, startInPlaceOf } from './healing-world.ts';
import { createRedirectedTransport } from './transports.ts';
import { addNotes, makeHome, noAccess, noteTexts, password, signedIn, startServer, sync } from './world.ts';

test('[HEAL-5] a wiped server gets account, operations and contents again, and no device deletes anything', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await attachRandomFile(a, 2_500_000);
  await addNotes(a, 3);
  await sync(a);
  const b = await signedIn(t, first.address, a);
  await addNotes(b, 2);
  await sync(b);
  await sync(a);
  const texts = noteTexts(a);
  const server = await startInPlaceOf(t, first);
  const report = await sync(b);
  assert.equal(report.healed?.lost, b.store.log.operationCount());
  assert.equal(report.chunksSent, 3);
  assert.deepEqual(noteTexts(b), texts);
  assert.equal((await sync(a)).healed?.lost, 0);
  assert.deepEqual(noteTexts(a), texts);
  await assertWhole(t, server.address, a, b);
});

test('[HEAL-5] after a sign-out the keys come from the kept record, and the wiped server gets the same account', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 3);
  await sync(a);
  const passphrase = a.profile()?.passphrase ?? null;
  await a.signOut();
  const server = await startInPlaceOf(t, first);
  await a.signIn({ server: server.address, password, passphrase, access: noAccess, device: 'Laptop' });
  assert.equal((await sync(a)).healed?.lost, 5);
  await assertWhole(t, server.address, a);
});

test('[HEAL-5] a home that has no record yet keeps the one of the server at its next sync', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await sync(a);
  await rm(`${a.directory}/account.json`);
  await sync(a);
  const server = await startInPlaceOf(t, first);
  assert.equal((await sync(a)).healed?.lost, 1);
  await assertWhole(t, server.address, a);
});

test('[HEAL-5] without a record the account is not made up: the person is told, and signing in heals', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await sync(a);
  const server = await startInPlaceOf(t, first);
  await rm(`${a.directory}/account.json`);
  await assert.rejects(sync(a), { code: 'not-signed-in', message: /has lost your account/ });
  const passphrase = a.profile()?.passphrase ?? null;
  await a.signIn({ server: server.address, password, passphrase, access: noAccess, device: 'Laptop' });
  assert.equal((await sync(a)).healed?.lost, 1);
  await assertWhole(t, server.address, a);
});

test('[HEAL-3] a home that signs in to another, empty server takes everything there', async (t) => {
  const old = await startServer(t);
  const a = await signedIn(t, old.address);
  await attachRandomFile(a, 10_000);
  await addNotes(a, 3);
  await sync(a);
  const other = await startServer(t);
  const passphrase = a.profile()?.passphrase ?? null;
  await a.signIn({ server: other.address, password, passphrase, access: noAccess, device: 'Laptop' });
  assert.equal((await sync(a)).problems.length, 0);
  await assertWhole(t, other.address, a);
});

test('[HEAL-4] devices heal into a server of which another one has made the account anew', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 3);
  await sync(a);
  const b = await signedIn(t, first.address, a);
  await addNotes(b, 2);
  await sync(b);
  const server = await startInPlaceOf(t, first);
  const passphrase = a.profile()?.passphrase ?? null;
  await a.signIn({ server: server.address, password, passphrase, access: noAccess, device: 'Laptop' });
  // The data keys prove the record there. // KEY-12
  assert.equal((await sync(b)).healed?.lost, b.store.log.operationCount());
  await assertWhole(t, server.address, a, b);
});

test('[HEAL-4] a server of another account gets nothing, whether there is something to send or not', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  let film = await attachRandomFile(a, 10_000);
  await sync(a);
  const server = await startInPlaceOf(t, first);
  const stranger = await makeHome(t);
  const theirs = { server: server.address, password: createSecret('other'), passphrase: null };
  await stranger.signIn({ ...theirs, access: noAccess, device: 'Theirs' });
  for (let round = 0; round < 2; round += 1) {
    const before = { texts: noteTexts(a), cursor: a.store.log.cursor(), outbox: a.store.log.outboxCount() };
    const head = await headOf(server.address);
    await assert.rejects(sync(a), { code: 'other-account' });
    assert.deepEqual(
      { texts: noteTexts(a), cursor: a.store.log.cursor(), outbox: a.store.log.outboxCount() },
      before,
    );
    assert.equal(await headOf(server.address), head);
    assert.equal(a.status().problem?.code, 'other-account');
    assert.equal((await missingChunks(server.address, film)).length, 1);
    await addNotes(a, 1);
    film = await attachRandomFile(a, 5_000);
    await sync(stranger);
  }
});

test('[HEAL-4] a server that another account takes the place of before the first sync gets nothing', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  const server = await startInPlaceOf(t, first);
  const stranger = await makeHome(t);
  const theirs = { server: server.address, password: createSecret('other'), passphrase: null };
  await stranger.signIn({ ...theirs, access: noAccess, device: 'Theirs' });
  await addNotes(stranger, 1);
  await sync(stranger);
  const head = await headOf(server.address);
  const outbox = a.store.log.outboxCount();
  await assert.rejects(sync(a), { code: 'other-account' });
  assert.equal(await headOf(server.address), head);
  assert.equal(a.store.log.outboxCount(), outbox);
  assert.equal(noteTexts(a).length, 2);
  await startInPlaceOf(t, server, first.dataFolder);
  assert.equal((await sync(a)).sent, outbox);
});

test('[HEAL-5] a server that was wiped before the first sync gets the account and all there is', async (t) => {
  const first = await startServer(t);
  const a = await signedIn(t, first.address);
  await addNotes(a, 2);
  const server = await startInPlaceOf(t, first);
  assert.equal((await sync(a)).healed?.lost, 0);
  await assertWhole(t, server.address, a);
});

test('[HEAL-4] an address that leads to another account in the middle of a pull brings nothing of it here', async (t) => {
  const server = await startServer(t);
  const elsewhere = await startServer(t);
  const stranger = await makeHome(t);
  const theirs = { server: elsewhere.address, password: createSecret('other'), passphrase: null };
  await stranger.signIn({ ...theirs, access: noAccess, device: 'Theirs' });
  await addNotes(stranger, 600);
  await sync(stranger);
  let leadsElsewhere = true;
  const a = await signedIn(t, server.address, undefined, {
    transport: createRedirectedTransport(({ url }) =>
      leadsElsewhere && /operations\?after=[1-9]\d*&limit/.test(url) ? elsewhere.address : server.address,
    ),
  });
  await sync(a);
  const b = await signedIn(t, server.address, a);
  await addNotes(b, 600);
  await sync(b);
  await assert.rejects(sync(a), { code: 'integrity' });
  leadsElsewhere = false;
  await sync(a);
  assert.deepEqual(a.store.log.quarantine(), []);
  assert.deepEqual(noteTexts(a), noteTexts(b));
});
