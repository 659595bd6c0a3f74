import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { handOverCode, sealHandOver } from '@dataans/core';
import { startLoginGate, type LoginGate } from './login-gate.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let server = '';
let gate: LoginGate;

before(async () => {
  world = await createWorld();
  server = await world.startServer('server');
  gate = await startLoginGate(server);
});

after(async () => {
  await gate.close();
  await world.close();
});

const withoutPassword = { DATAANS_PASSWORD: '' };

/** What a command has said until it says something like this. */
async function said(child: ChildProcess, stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
  let text = '';
  child[stream]?.on('data', (piece: Buffer) => (text += piece.toString()));
  while (!pattern.test(text))
    await Promise.race([once(child[stream] ?? child, 'data'), ended(child, () => text)]);
  return text;
}

async function ended(child: ChildProcess, text: () => string): Promise<never> {
  await once(child, 'exit');
  throw new Error(`The command ended early: ${text()}`);
}

interface Asked {
  readonly command: ChildProcess;
  readonly page: URL;
  readonly said: string;
  /** As the page of the server does it. */
  post(token: string, given?: Readonly<Record<string, string>>): Promise<Response>;
  readonly exited: Promise<number>;
}

async function startSignIn(
  device: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const command = world.start(device, ['sign-in', gate.address, '--no-browser'], environment);
  const exited = once(command, 'close').then(([code]) => code as number);
  const text = await said(command, 'stderr', /code: .*\n/);
  const page = new URL(/http\S+\/hand-over\S+/.exec(text)?.[0] ?? '');
  const query = page.searchParams;
  const receiver = {
    port: Number(query.get('port')),
    state: query.get('state') ?? '',
    key: query.get('key') ?? '',
  };
  return {
    command,
    page,
    said: text,
    exited,
    post: async (token, given = {}) => {
      const sealed = await sealHandOver(crypto.subtle, receiver, { header: 'cf-access-token', token });
      return fetch(`http://127.0.0.1:${receiver.port}/hand-over`, {
        method: 'POST',
        body: new URLSearchParams({ state: receiver.state, sealed: sealed ?? '', ...given }),
      });
    },
  };
}

async function signIn(
  device: string,
  token: string,
  environment?: Readonly<Record<string, string>>,
): Promise<void> {
  gate.letIn(token);
  const asked = await startSignIn(device, environment);
  assert.equal((await asked.post(token)).status, 200);
  assert.equal(await asked.exited, 0);
}

async function statusOf(device: string) {
  // The shape of `status --json`.
  return JSON.parse(await world.succeed(device, ['status', '--json'])) as {
    readonly session: { readonly state: string } | null;
    readonly pendingOperations: number;
    readonly device: { readonly id: string };
    readonly problem: { readonly code: string; readonly advice: string } | null;
  };
}

test('[HND-1] [HND-5] [HND-6] [HND-7] signing in behind a login waits for the one form that knows the state', async () => {
  gate.letIn('a.b.c');
  const asked = await startSignIn('laptop');
  const { page } = asked;
  assert.equal(page.origin, gate.address);
  assert.deepEqual([...page.searchParams.keys()], ['port', 'state', 'key', 'device']);
  const code = handOverCode((bytes) => createHash('sha256').update(bytes).digest(), {
    port: Number(page.searchParams.get('port')),
    state: page.searchParams.get('state') ?? '',
    key: page.searchParams.get('key') ?? '',
  });
  assert.ok(asked.said.includes(code), asked.said);
  assert.equal((await asked.post('x.y.z', { state: 'A'.repeat(43) })).status, 403);
  let printed = asked.said;
  for (const stream of [asked.command.stdout, asked.command.stderr])
    stream?.on('data', (piece: Buffer) => (printed += piece.toString()));
  assert.equal((await asked.post('a.b.c')).status, 200);
  assert.equal(await asked.exited, 0);
  assert.ok(printed.includes('Signed in') && !printed.includes('a.b.c'), printed);
  const kept = join(world.folder, 'laptop', 'credentials.json');
  assert.equal((await stat(kept)).mode & 0o777, 0o600);
  assert.match(await readFile(kept, 'utf8'), /"token": "a\.b\.c"/);
  await world.succeed('laptop', ['space', 'add', 'Inbox']);
  assert.match(await world.succeed('laptop', ['sync']), /^Sent/);
  assert.equal((await statusOf('laptop')).session?.state, 'active');
});

test('[ACC-9] [SYN-17] a session that has ended says what to run, loses nothing, and is renewed without the password', async () => {
  const signedIn = await statusOf('laptop');
  await world.succeed('laptop', ['note', 'add', 'kept', '--space', 'Inbox']);
  gate.letIn();
  for (const status of [302, 401] as const) {
    gate.answerWith(status);
    const { exitCode, stderr } = await world.dataans('laptop', ['sync']);
    assert.equal(exitCode, 3, stderr);
    assert.match(stderr, /Your session at .* has expired/);
    assert.ok(stderr.includes(`--home ${join(world.folder, 'laptop')} sign-in ${gate.address}`), stderr);
  }
  assert.equal(gate.followed(), 0);
  const paused = await statusOf('laptop');
  assert.deepEqual(
    [paused.session?.state, paused.pendingOperations, paused.problem?.code],
    ['ended', 1, 'session-expired'],
  );
  await signIn('laptop', 'd.e.f', withoutPassword);
  const renewed = await statusOf('laptop');
  assert.deepEqual([renewed.session?.state, renewed.problem], ['active', null]);
  assert.equal(renewed.device.id, signedIn.device.id);
  assert.equal(await world.succeed('laptop', ['sync']), 'Sent 1 change, received 0.\n');
});

test('[SYN-11] a watch goes on by itself when somebody has signed in again elsewhere', async () => {
  await signIn('laptop', 'a.b.c', withoutPassword);
  const watch = world.start('laptop', ['sync', '--watch'], withoutPassword);
  await said(watch, 'stdout', /Connected/);
  const paused = said(watch, 'stdout', /Paused: .*\n/);
  gate.letIn('d.e.f');
  assert.match(await paused, /sign-in http:\/\/127\.0\.0\.1/);
  await world.succeed('laptop', ['note', 'add', 'written meanwhile', '--space', 'Inbox']);
  const sent = said(watch, 'stdout', /Sent 1 change/);
  await signIn('laptop', 'd.e.f', withoutPassword);
  await sent;
  watch.kill('SIGINT');
  assert.deepEqual(await once(watch, 'exit'), [0, null]);
});

test('[ACC-9] another account behind the same address takes its password, and the home stays as it was', async () => {
  const kept = join(world.folder, 'laptop', 'credentials.json');
  const credentials = await readFile(kept, 'utf8');
  const stranger = await world.startServer('strange-server');
  await world.signIn(stranger, 'stranger');
  gate.passTo(stranger);
  gate.letIn('s.s.s');
  const asked = await startSignIn('laptop', withoutPassword);
  const text = said(asked.command, 'stderr', /password/);
  await asked.post('s.s.s');
  assert.equal(await asked.exited, 2);
  assert.match(await text, /Can't ask for the password/);
  assert.equal(await readFile(kept, 'utf8'), credentials);
  gate.passTo(server);
});

test('[CLI-6] where nobody can open a browser it says what to set, and waits for nobody', async () => {
  gate.letIn();
  const { exitCode, stderr } = await world.dataans('nobody', ['sign-in', gate.address]);
  assert.equal(exitCode, 3);
  assert.match(stderr, /DATAANS_ACCESS_CLIENT_ID.*--no-browser/);
});

test('[HND-6] Ctrl-C ends the waiting and gives the port back', async () => {
  const asked = await startSignIn('given-up');
  asked.command.kill('SIGINT');
  assert.equal(await asked.exited, 130);
  await assert.rejects(asked.post('a.b.c'));
});

test('[HND-6] [HND-7] a token that the login does not take is refused on the page, and the right one is still waited for', async () => {
  gate.letIn('a.b.c');
  const passphrase = (await world.succeed('laptop', ['passphrase'])).trim();
  const asked = await startSignIn('newcomer', { DATAANS_PASSPHRASE: passphrase });
  const refused = await asked.post('wrong.wrong.wrong');
  assert.equal(refused.status, 403);
  const page = await refused.text();
  assert.match(page, /doesn’t accept this sign-in/);
  assert.ok(!page.includes('wrong.wrong'));
  assert.equal((await asked.post('a.b.c')).status, 200);
  assert.equal(await asked.exited, 0);
});

test('[ACC-8] what cloudflared holds lets a device in, and renews the session by itself', async () => {
  const folder = join(world.folder, 'bin');
  await mkdir(folder);
  await writeFile(join(folder, 'cloudflared'), `#!/bin/sh\ncat '${folder}/token'\n`);
  await chmod(join(folder, 'cloudflared'), 0o700);
  const environment = { PATH: `${folder}:/usr/bin:/bin` };
  const hold = (token: string): Promise<void> => writeFile(join(folder, 'token'), `${token}\n`);
  await hold('f.i.rst');
  gate.letIn('f.i.rst');
  const passphrase = (await world.succeed('laptop', ['passphrase'])).trim();
  await world.succeed('server', ['sign-in', gate.address], {
    environment: { ...environment, DATAANS_PASSPHRASE: passphrase },
  });
  await world.succeed('server', ['sync'], { environment });
  await hold('s.e.cond');
  gate.letIn('s.e.cond');
  await world.succeed('server', ['sync'], { environment });
  await rm(join(folder, 'token'));
  gate.letIn('t.h.ird');
  const { exitCode, stderr } = await world.dataans('server', ['sync'], { environment });
  assert.equal(exitCode, 3, stderr);
});
