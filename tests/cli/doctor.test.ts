import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { createWorld, type World } from './world.ts';

/** What a front does instead of passing a request on; `false`: nothing, it passes it on. */
type Spoil = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

const honest: Spoil = () => false;

let world: World;
let server: string;
let address: string;
let spoil = honest;

const front = createServer((incoming, outgoing) => {
  if (spoil(incoming, outgoing)) return;
  const { method, url, headers } = incoming;
  const onward = request(server + (url ?? ''), { method, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  outgoing.on('close', () => onward.destroy());
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
});

before(async () => {
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const listening = front.address();
  assert.ok(listening !== null && typeof listening === 'object');
  address = `http://127.0.0.1:${listening.port}`;
  world = await createWorld();
  server = await world.startServer('server', { DATAANS_PUBLIC_URL: address });
  await world.signIn(address, 'laptop');
});

afterEach(() => {
  spoil = honest;
});

after(async () => {
  front.closeAllConnections();
  front.close();
  await world.close();
});

interface Doctored {
  readonly ok: boolean;
  readonly findings: readonly {
    readonly about: string;
    readonly state: string;
    readonly sentence: string;
    readonly advice: string | null;
  }[];
}

async function examine(...args: readonly string[]) {
  const { exitCode, stdout } = await world.dataans('laptop', ['doctor', '--json', ...args]);
  const { ok, findings } = JSON.parse(stdout) as Doctored;
  const notGood = findings.filter(({ state }) => state !== 'good');
  return { exitCode, ok, findings, notGood };
}

test('[CLI-16] doctor finds nothing on a way that is free', async () => {
  const { exitCode, ok, findings, notGood } = await examine();
  assert.deepEqual([exitCode, ok, notGood], [0, true, []]);
  assert.deepEqual(
    findings.map(({ about }) => about),
    ['connection', 'clock', 'login', 'version', 'events', 'size'],
  );
});

const spoilt: readonly (readonly [
  what: string,
  spoil: Spoil,
  about: string,
  advice: RegExp,
  exitCode: number,
])[] = [
  [
    'a front with a limit for bodies',
    ({ method, url }, outgoing) => {
      if (method !== 'PUT' || !url?.startsWith('/v1/chunks/')) return false;
      outgoing.writeHead(413, { connection: 'close' }).end();
      return true;
    },
    'size',
    /client_max_body_size 2m/,
    1,
  ],
  [
    'a front that answers for the event stream',
    ({ url }, outgoing) => {
      if (url !== '/v1/events') return false;
      outgoing.writeHead(404).end();
      return true;
    },
    'events',
    /pass \/v1\/events on/,
    1,
  ],
  [
    'a front that asks for a login',
    (_, outgoing) => {
      outgoing.writeHead(302, { location: 'https://login.example.org/' }).end();
      return true;
    },
    'login',
    /^Sign in first/,
    3,
  ],
  [
    'a front without its server',
    (_, outgoing) => {
      outgoing.writeHead(502).end();
      return true;
    },
    'connection',
    /^Check that the server is running/,
    1,
  ],
  [
    'a server whose clock is wrong',
    ({ url }, outgoing) => {
      if (url !== '/health') return false;
      outgoing.writeHead(200, { dataans: '1', date: new Date(0).toUTCString() }).end('{}');
      return true;
    },
    'clock',
    /set over the network/,
    0,
  ],
];
for (const [what, how, about, advice, expected] of spoilt)
  test(`[CLI-16] doctor finds ${what}`, async () => {
    spoil = how;
    const { exitCode, notGood } = await examine(address);
    const found = notGood.find((finding) => finding.about === about);
    assert.match(found?.advice ?? '', advice, JSON.stringify(notGood));
    assert.equal(exitCode, expected);
  });

test('[CLI-16] doctor says what to do if nothing answers, and ends with 5', async () => {
  const { exitCode, notGood } = await examine('http://127.0.0.1:1');
  assert.equal(exitCode, 5);
  assert.match(notGood[0]?.sentence ?? '', /nothing is listening there/);
});
