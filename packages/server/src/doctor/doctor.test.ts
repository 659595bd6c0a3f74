import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { test, type TestContext } from 'node:test';
import { inProcess } from '../routes/route.ts';
import { createTestApp } from '../testing/test-app.ts';
import { afterTest } from '../testing/after-test.ts';
import { askServer } from './ask-server.ts';
import { askThrough } from './ask-through.ts';
import { judgeBackup, judgeCertificate } from './judge-upkeep.ts';
import { judgeRoom } from './judge-room.ts';

const day = 86_400_000;
const gibibyte = 1_073_741_824;
const room = {
  freeBytes: 50 * gibibyte,
  totalBytes: 100 * gibibyte,
  freeFiles: 900,
  totalFiles: 1_000,
  kind: 0xef53,
};
const statesOf = (findings: readonly { about: string; state: string }[]) =>
  findings.map(({ about, state }) => `${about}: ${state}`);

const rooms: readonly (readonly [what: string, change: Partial<typeof room>, found: readonly string[]])[] = [
  ['enough', {}, ['space: good', 'files: good']],
  ['little space', { freeBytes: gibibyte / 2 }, ['space: warning', 'files: good']],
  ['no space', { freeBytes: 1_000 }, ['space: problem', 'files: good']],
  ['few files left', { freeFiles: 20 }, ['space: good', 'files: warning']],
  ['no file left', { freeFiles: 0 }, ['space: good', 'files: problem']],
  ['a network file system', { kind: 0x6969, totalFiles: 0 }, ['space: good', 'disk: problem']],
];
for (const [what, change, found] of rooms)
  test(`[SRV-87] doctor on a disk with ${what}`, () => {
    assert.deepEqual(statesOf(judgeRoom({ ...room, ...change })), found);
  });

test('[SRV-87] doctor knows a backup that is old, one that never was, and a server that makes none', () => {
  const state = (backup: Parameters<typeof judgeBackup>[0]) => judgeBackup(backup, 10 * day).state;
  assert.equal(state({ folder: '/b', made: 9 * day }), 'good');
  assert.equal(state({ folder: '/b', made: 7 * day }), 'problem');
  assert.equal(state({ folder: '/b', made: null }), 'warning');
  assert.equal(state(null), 'warning');
});

test('[SRV-87] doctor knows a certificate that ends soon, and one that has ended', () => {
  assert.deepEqual(
    [100, 10, -1].map((days) => judgeCertificate(days * day, 0).state),
    ['good', 'warning', 'problem'],
  );
});

async function startFront(t: TestContext, listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(t, () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return new URL(`http://127.0.0.1:${address.port}`);
}

const now = Date.UTC(2026, 0, 1);
const askAt = (url: URL, ask: typeof fetch = fetch) =>
  askServer({ about: 'address', url, advice: 'Do something.', fetch: ask, now: () => now });

/** What a real server answers, its clock standing at `now` and so much more. */
function askInProcess(offMs: number): typeof fetch {
  const { app, clock } = createTestApp();
  return async (input, init) => {
    await clock.advance(offMs);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    return app.fetch(new Request(`http://127.0.0.1:8000${pathname}`, init), inProcess);
  };
}

test('[SRV-87] doctor finds a server that answers, and one whose clock is wrong', async () => {
  const url = new URL('http://notes.example.org');
  assert.deepEqual(statesOf(await askAt(url, askInProcess(0))), ['address: good']);
  assert.deepEqual(statesOf(await askAt(url, askInProcess(60_000))), ['address: good', 'clock: warning']);
});

test('[SRV-87] doctor tells a login, a proxy without its server, and another site apart', async (t) => {
  const answers: readonly (readonly [
    status: number,
    headers: Record<string, string>,
    state: string,
    sentence: RegExp,
  ])[] = [
    [
      302,
      { location: 'https://team.example.org/login' },
      'good',
      /asks for a login first, at team\.example\.org/,
    ],
    [502, {}, 'problem', /answers 502.*passes requests to the port/],
    [200, {}, 'warning', /isn't a Dataans server.*DATAANS_PUBLIC_URL/],
  ];
  for (const [status, headers, state, sentence] of answers) {
    const url = await startFront(t, (_, answer) => answer.writeHead(status, headers).end());
    const [finding] = await askAt(url);
    assert.equal(finding?.state, state);
    assert.match(finding.sentence, sentence);
  }
});

test('[SRV-87] doctor says what is wrong if nothing answers', async () => {
  const failures: readonly (readonly [code: string, sentence: RegExp])[] = [
    ['ENOTFOUND', /^The name notes\.example\.org can't be found \(DNS\)\. Do something\.$/],
    ['ECONNREFUSED', /^Nothing listens at notes\.example\.org\. Do something\.$/],
    ['CERT_HAS_EXPIRED', /^The certificate of notes\.example\.org isn't accepted/],
    ['ETIMEDOUT', /^notes\.example\.org doesn't answer/],
  ];
  for (const [code, sentence] of failures) {
    const fail: typeof fetch = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
    };
    const [finding] = await askAt(new URL('https://notes.example.org'), fail);
    assert.equal(finding?.state, 'problem');
    assert.match(finding.sentence, sentence);
  }
});

test('[SRV-87] doctor finds that events and the largest request go through', async () => {
  const way = { url: new URL('http://notes.example.org'), headers: {}, fetch: askInProcess(0) };
  assert.deepEqual(statesOf(await askThrough(way)), ['events: good', 'size: good']);
});

test('[SRV-87] doctor finds a front that holds events back and refuses large requests', async (t) => {
  const url = await startFront(t, (request, answer) => {
    // Like a proxy that buffers: the stream never ends, so nothing of it is passed on.
    if (request.url === '/v1/events') return;
    answer.writeHead(413, { connection: 'close' }).end();
  });
  const at = AbortSignal.timeout.bind(AbortSignal);
  t.mock.method(AbortSignal, 'timeout', (ms: number) => (ms === 5_000 ? AbortSignal.abort() : at(ms)));
  const [events, size] = await askThrough({ url, headers: {}, fetch });
  assert.match(events?.sentence ?? '', /holds the stream back.*proxy_buffering off/);
  assert.match(size?.sentence ?? '', /takes no request of .*client_max_body_size 2m/);
});
