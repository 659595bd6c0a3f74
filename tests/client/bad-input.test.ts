import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createSecret } from '@dataans/client';
import { createSystemClock } from '../../packages/client/src/node/clock.ts';
import type { SignInRequest } from '../../packages/client/src/account/sign-in-request.ts';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import { makeToken, revokeToken } from './tokens.ts';
import { addNotes, makeHome, noAccess, noteTexts, password, signedIn, startServer, sync } from './world.ts';
import { openTestHome } from '../../packages/client/src/testing/test-home.ts';

const passphrase = createSecret('my own words');

function request(server: string, overrides: Partial<SignInRequest> = {}): SignInRequest {
  return { server, password, passphrase, access: noAccess, device: 'Laptop', ...overrides };
}

async function serve(
  t: TestContext,
  status: number,
  headers: Record<string, string>,
  body: string,
): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  afterTest(t, () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // A TCP server's address is one.
}

test('[SYN-1] [SYN-2] signing in to what is no server says what it is, and leaves no home behind', async (t) => {
  const gone = await startServer(t);
  await gone.stop();
  const cases: readonly (readonly [string, RegExp])[] = [
    [gone.address, /nothing is listening there/],
    ['http://no-such-host.invalid', /Can't reach/],
    [await serve(t, 200, { 'content-type': 'text/html' }, '<h1>Hello</h1>'), /isn't a Dataans server/],
    [await serve(t, 404, { 'content-type': 'application/json' }, '{"error":"no"}'), /isn't a Dataans server/],
    [await serve(t, 301, { location: 'https://moved.example/' }, ''), /isn't a Dataans server/],
    [(await serve(t, 200, {}, 'plain')).replace('http:', 'https:'), /TLS|certificate/],
  ];
  for (const [address, message] of cases) {
    const directory = join(await temporaryFolder(t), 'home');
    const home = await makeHome(t, { directory });
    await assert.rejects(home.signIn(request(address)), { code: 'server-unreachable', message });
    assert.equal(existsSync(directory), false);
  }
});

test('[ACC-1] wrong secrets change nothing in a home that has notes', async (t) => {
  const { address } = await startServer(t);
  const a = await makeHome(t);
  await a.signIn(request(address));
  await addNotes(a, 2);
  const before = await homeFiles(a.directory);
  const operations = a.store.log.operationCount();
  for (const wrong of [{ password: createSecret('wrong') }, { passphrase: createSecret('other words') }])
    await assert.rejects(a.signIn(request(address, wrong)), { code: 'wrong-credentials' });
  assert.deepEqual(await homeFiles(a.directory), before);
  assert.equal(a.store.log.operationCount(), operations);
  assert.equal((await sync(a)).problems.length, 0);
});

test('[ACC-1] wrong secrets leave nothing behind in a new home', async (t) => {
  const { address } = await startServer(t);
  await (await makeHome(t)).signIn(request(address));
  const directory = join(await temporaryFolder(t), 'home');
  const b = await makeHome(t, { directory });
  await assert.rejects(b.signIn(request(address, { password: createSecret('wrong') })), {
    code: 'wrong-credentials',
  });
  assert.equal(existsSync(directory), false);
});

test('[ACC-3] a home never becomes the home of another account', async (t) => {
  const first = await startServer(t);
  const second = await startServer(t);
  const a = await makeHome(t);
  await a.signIn(request(first.address));
  await addNotes(a, 2);
  await (await makeHome(t)).signIn(request(second.address));
  await assert.rejects(a.signIn(request(second.address)), { code: 'other-account' });
  assert.equal(a.profile()?.server, first.address);
  await a.signOut();
  await assert.rejects(a.signIn(request(second.address)), { code: 'other-account' });
  await a.signIn(request(first.address));
  assert.equal(noteTexts(a).length, 2);
});

test('a token that was revoked is a session that has expired, and what was written stays', async (t) => {
  const server = await startServer(t, { env: { DATAANS_AUTH: 'token' } });
  const access = await makeToken(server, 'laptop');
  const a = await makeHome(t);
  await assert.rejects(a.signIn(request(server.address)), { code: 'session-expired' });
  await a.signIn(request(server.address, { access }));
  await addNotes(a, 1);
  await revokeToken(server, 'laptop');
  const pending = a.store.log.outboxCount();
  await assert.rejects(sync(a), { code: 'session-expired' });
  assert.equal(a.store.log.outboxCount(), pending);
  assert.equal(a.status().problem?.code, 'session-expired');
});

test('[SYN-12] a second sync of one home waits, and says why when it has waited too long', async (t) => {
  const { address } = await startServer(t);
  const answering = Promise.withResolvers<void>();
  const a = await signedIn(t, address);
  await sync(a);
  const asked = Promise.withResolvers<void>();
  const slow = await makeHome(t, {
    directory: a.directory,
    transport: () => {
      asked.resolve();
      return answering.promise.then(() => {
        throw new Error('the end');
      });
    },
  });
  const slowSync = sync(slow).catch(() => undefined);
  await asked.promise;
  await assert.rejects((await a.engine()).sync({ waitMs: 0 }), {
    code: 'busy',
    message: /Another Dataans command is syncing/,
  });
  const waiting = sync(a);
  answering.resolve();
  await slowSync;
  assert.equal((await waiting).problems.length, 0);
});

test('[SYN-13] a clock that is far ahead of the server is told of', async (t) => {
  const { address } = await startServer(t);
  const lead = 10 * 60_000;
  const a = await signedIn(t, address);
  assert.equal((await sync(a)).clockLeadMs, null);
  const ahead = await makeHome(t, {
    directory: a.directory,
    clock: { ...createSystemClock(), now: () => Date.now() + lead },
  });
  const { clockLeadMs, clockLagMs } = await sync(ahead);
  assert.ok(clockLeadMs !== null && Math.abs(clockLeadMs - lead) < 60_000);
  assert.equal(clockLagMs, null);
});

const dayMs = 86_400_000;

function clockAhead(ms: number) {
  return { ...createSystemClock(), now: () => Date.now() + ms };
}

test('[SYN-13] a clock that is behind the server is told of until it is right, by the status too', async (t) => {
  const { address } = await startServer(t);
  const a = await signedIn(t, address);
  await sync(a);
  assert.equal(a.status().clockLagMs, null);
  const behind = await makeHome(t, { directory: a.directory, clock: clockAhead(-dayMs) });
  const { clockLeadMs, clockLagMs } = await sync(behind);
  assert.equal(clockLeadMs, null);
  assert.ok(clockLagMs !== null && Math.abs(clockLagMs - dayMs) < 60_000);
  const status = behind.status().clockLagMs;
  assert.ok(status !== null && Math.abs(status - dayMs) < 60_000);
  await sync(a);
  assert.equal(a.status().clockLagMs, null);
});

test('[SYN-13] a server whose clock is behind is told of if another device agrees with this one', async (t) => {
  const { address } = await startServer(t);
  // Two devices that are a day ahead of the server: it could as well be a day behind.
  const a = await signedIn(t, address, undefined, { clock: clockAhead(dayMs) });
  const first = await sync(a);
  assert.deepEqual([first.clockLeadMs === null, first.serverClockSuspected], [false, false]);
  await addNotes(a, 1);
  await sync(a);
  const b = await signedIn(t, address, a, { clock: clockAhead(dayMs + 1_000) });
  assert.equal((await sync(b)).serverClockSuspected, true);
  assert.equal((await sync(b)).serverClockSuspected, true, 'also when nothing new comes');
  assert.equal(b.status().serverClockSuspected, true);
  const right = await signedIn(t, address, a);
  assert.equal((await sync(right)).serverClockSuspected, false);
});

test('[SYN-14] the status of a home is read without a server', async (t) => {
  const server = await startServer(t);
  const a = await makeHome(t);
  assert.equal(a.status().state, 'signed-out');
  await a.signIn(request(server.address));
  assert.equal(a.status().state, 'new');
  await sync(a);
  assert.equal(a.status().state, 'synced');
  assert.ok((a.status().lastSyncAt ?? 0) > 0);
  await addNotes(a, 2);
  const { position, ...status } = a.status();
  assert.equal(position?.seq, 1);
  assert.match(position.code, /^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
  assert.deepEqual(
    { ...status, lastSyncAt: null },
    {
      state: 'pending',
      pendingOperations: 3,
      pendingChanges: 3,
      lastSyncAt: null,
      quarantined: 0,
      quarantinedBy: {},
      incompleteFiles: 0,
      problem: null,
      session: { state: 'active', expires: null },
      lastHealing: null,
      massDeletion: null,
      clockLeadMs: null,
      clockLagMs: null,
      serverClockSuspected: false,
      clockLeftAhead: null,
      findings: [],
      findingCount: 0,
    },
  );
  await server.stop();
  await assert.rejects(sync(a), { code: 'server-unreachable' });
  assert.equal(a.status().state, 'problem');
  assert.equal(a.status().problem?.code, 'server-unreachable');
});

test('damaged files of a home are named, and never replaced', async (t) => {
  const { address } = await startServer(t);
  const a = await makeHome(t);
  await a.signIn(request(address));
  for (const name of ['profile.json', 'credentials.json']) {
    const path = join(a.directory, name);
    const good = await readFile(path, 'utf8');
    for (const damaged of ['', '{"version":1', '{"version":1}', '[]']) {
      await writeFile(path, damaged);
      const home = await makeHome(t, { directory: a.directory });
      await assert.rejects(home.engine(), { code: 'storage-unusable', message: new RegExp(name) });
      assert.equal(await readFile(path, 'utf8'), damaged);
    }
    await writeFile(path, good);
  }
  assert.equal((await sync(await makeHome(t, { directory: a.directory }))).problems.length, 0);
});

test('only the owner can read what a home keeps', async (t) => {
  const { address } = await startServer(t);
  const directory = join(await temporaryFolder(t), 'home');
  const a = await makeHome(t, { directory });
  await a.signIn(request(address));
  const modes = execFileSync('stat', [
    '-c',
    '%a',
    directory,
    join(directory, 'profile.json'),
    join(directory, 'credentials.json'),
    join(directory, 'store.sqlite'),
  ]);
  assert.deepEqual(modes.toString().trim().split('\n'), ['700', '600', '600', '600']);
  assert.doesNotMatch(JSON.stringify(a.profile()), /my own words/);
});

test('signing out forgets keys and keeps notes; erasing leaves what is not ours', async (t) => {
  const { address } = await startServer(t);
  const a = await makeHome(t);
  await a.signIn(request(address));
  await addNotes(a, 2);
  await writeFile(join(a.directory, 'letter.txt'), 'mine');
  await a.signOut();
  await assert.rejects(a.engine(), { code: 'not-signed-in' });
  assert.equal(existsSync(join(a.directory, 'credentials.json')), false);
  assert.equal(noteTexts(a).length, 2);
  await a.signOut({ erase: true });
  assert.deepEqual(await readdir(a.directory), ['letter.txt']);
});

test('a home that cannot be made says which folder and why', async (t) => {
  const { address } = await startServer(t);
  const file = join(await temporaryFolder(t), 'file');
  await writeFile(file, '');
  const home = openTestHome({ directory: join(file, 'home') });
  await assert.rejects(home.signIn(request(address)), { code: 'storage-unusable', message: /file/ });
});

async function homeFiles(directory: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const entries = names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(entries));
}
