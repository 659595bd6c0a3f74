import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { createDevice, makeAccount, password } from '../world/device.ts';
import { assertFails, type ExpectedFailure } from '../world/failures.ts';
import { listNotes, readStatus } from '../world/listings.ts';
import { httpAnswer, startOtherServer } from '../world/other-server.ts';
import { startServerHere } from '../world/server-here.ts';
import { createWorld } from '../world/world.ts';

const unreachable = (message: RegExp): ExpectedFailure => ({
  exitCode: 5,
  code: 'server-unreachable',
  message,
});
const dataans = 'dataans: 1';
const json = 'content-type: application/json';

const others: readonly (readonly [
  what: string,
  answer: (socket: Socket) => void,
  expected: ExpectedFailure,
])[] = [
  [
    'a web page',
    httpAnswer('200 OK', ['content-type: text/html'], '<h1>Welcome</h1>'),
    unreachable(/isn't a Dataans server/),
  ],
  [
    'another program that answers JSON',
    httpAnswer('200 OK', [json], '{"head": 1}'),
    unreachable(/isn't a Dataans server/),
  ],
  [
    'a page that is not found',
    httpAnswer('404 Not Found', ['content-type: text/html'], 'Nothing here'),
    unreachable(/isn't a Dataans server/),
  ],
  [
    'a sign-in page of a proxy',
    httpAnswer('302 Found', ['location: https://login.example.org/'], ''),
    { exitCode: 3, code: 'login-required', message: /login page|sign-in in a browser/ },
  ],
  [
    'a gateway whose server is down',
    httpAnswer('502 Bad Gateway', [], ''),
    unreachable(/Dataans server behind it isn't answering/),
  ],
  [
    'a server whose answer is cut off half way',
    (socket) => socket.end(`HTTP/1.1 200 OK\r\n${dataans}\r\n${json}\r\ncontent-length: 200\r\n\r\n{"head":`),
    unreachable(/connection was interrupted/),
  ],
  ['something that hangs up', (socket) => socket.destroy(), unreachable(/connection was interrupted/)],
  ['something that speaks no HTTP', (socket) => socket.end('220 mail ready\r\n'), unreachable(/Can't reach/)],
  [
    'a server whose answer makes no sense',
    httpAnswer('200 OK', [dataans, json], '{"head": "many"}'),
    { exitCode: 1, code: 'server-failed', message: /./ },
  ],
];

test('what is not the server where the server should be is told apart, and changes nothing', async (t) => {
  const world = await createWorld(t);
  const server = await startServerHere(world);
  const device = createDevice(world, 'laptop');
  const newcomer = createDevice(world, 'newcomer');
  await makeAccount(device, server.address);
  await device.done(['space', 'add', 'Inbox']);
  await device.done(['note', 'add', 'Not sent yet']);
  await server.stop();
  const { port } = new URL(server.address);

  for (const [what, answer, expected] of others)
    await t.test(what, async () => {
      const other = await startOtherServer(world, answer, Number(port));
      await assertFails(device, ['sync'], expected);
      const { problem, pendingOperations, notes } = await readStatus(device);
      assert.equal(problem?.code, expected.code);
      assert.ok(pendingOperations > 0 && notes === 1);
      await assertFails(newcomer, ['sign-in', other.address], expected, {
        env: { DATAANS_PASSWORD: password, DATAANS_PASSPHRASE: 'some words' },
      });
      assert.ok(!existsSync(join(newcomer.home, 'profile.json')));
      await other.stop();
    });

  await startServerHere(world, { env: { DATAANS_PORT: port } });
  await device.done(['sync']);
  assert.equal((await readStatus(device)).state, 'synced');
});

test('no server, a port that speaks no TLS, and a server that hangs are told apart', async (t) => {
  const world = await createWorld(t);
  const env = { DATAANS_PASSWORD: password, DATAANS_PASSPHRASE: 'some words' };
  const hanging = await startOtherServer(world, () => undefined);
  const patient = createDevice(world, 'patient').run(['sign-in', hanging.address], { env });

  const server = await startServerHere(world);
  const plain = server.address.replace('http:', 'https:');
  const device = createDevice(world, 'laptop');
  await assertFails(device, ['sign-in', plain], unreachable(/doesn't use TLS/), { env });
  await server.stop();
  await assertFails(device, ['sign-in', server.address], unreachable(/nothing is listening there/), { env });
  const nowhere = 'https://no-such-host.invalid';
  await assertFails(device, ['sign-in', nowhere], unreachable(/Can't reach/), { env });

  const { exitCode, stderr } = await patient;
  assert.equal(exitCode, 5, stderr);
  assert.match(stderr, /didn't answer in time/);
});

test('a server that was replaced by one of another account is refused and sent nothing, and nothing is lost', async (t) => {
  const world = await createWorld(t);
  const server = await startServerHere(world);
  const env = { DATAANS_PORT: new URL(server.address).port };
  const device = createDevice(world, 'laptop');
  await makeAccount(device, server.address);
  await device.done(['space', 'add', 'Inbox']);
  await device.done(['sync']);
  await device.done(['note', 'add', 'Mine alone']);
  await server.stop();

  const other = await startServerHere(world, { name: 'other', env });
  await makeAccount(createDevice(world, 'stranger'), other.address);
  const headBefore = await readHead(other.address);
  await assertFails(device, ['sync'], {
    exitCode: 1,
    code: 'other-account',
    message: /belongs to a different account/,
  });
  assert.equal(await readHead(other.address), headBefore);
  assert.equal((await listNotes(device)).length, 1);
  await other.stop();

  await startServerHere(world, { env });
  await device.done(['sync']);
  assert.equal((await readStatus(device)).state, 'synced');
});

async function readHead(address: string): Promise<number> {
  // The shape is core's `logMessage`.
  return ((await (await fetch(`${address}/v1/log`)).json()) as { readonly head: number }).head;
}
