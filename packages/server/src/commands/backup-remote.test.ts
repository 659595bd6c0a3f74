import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { limits, paths, utf8ToBytes } from '@dataans/core';
import { nameOf, piecesOf } from '../chunks/chunk-store.contract.ts';
import { inProcessPeer } from '../auth/authenticator.ts';
import type { Surroundings } from '../remote/ask-remote.ts';
import type { RemoteAccess } from '../remote/remote-access.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { checkBackup } from '../storage/backup/check-backup.ts';
import { readManifest } from '../storage/backup/manifest.ts';
import { restoreBackup } from '../storage/backup/restore-backup.ts';
import { foldersFor } from '../testing/filled-data-folder.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { createRecordedOutput } from '../testing/recorded-output.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { backUpRemote } from './backup.ts';
import { checkRemote } from './check.ts';

const address = 'http://notes.example.org:8000';
const pieces = ['one', 'another', 'a third'].map(utf8ToBytes);

/** A server with some notes, and what was asked of it. */
async function filledServer(operations = 3): Promise<TestApp> {
  const server = createTestApp();
  await fill(server, 'first', operations);
  await server.log.putAccount(utf8ToBytes('{"record":1}'), { kind: 'absent' });
  for (const bytes of pieces) await server.chunks.put(nameOf(bytes), piecesOf(bytes, 9));
  return server;
}

function fill({ log }: TestApp, label: string, count: number): Promise<unknown> {
  return log.append(envelopeFrames(label, count));
}

type Answer = (path: string, answer: Response) => Response | Promise<Response>;

/** The network between: what was asked for, and who changes the answers. */
function networkTo({ app }: TestApp, change: Answer = (_, answer) => answer) {
  const asked: string[] = [];
  const surroundings: Surroundings = {
    fetch: async (url, init) => {
      assert.ok(typeof url === 'string');
      const request = new Request(url.replace(address, 'http://127.0.0.1:8000'), init);
      const { pathname } = new URL(request.url);
      asked.push(pathname);
      return change(pathname, await app.fetch(request, { peer: inProcessPeer, body: null }));
    },
    wait: async () => {},
  };
  return { asked, surroundings };
}

function backUpOf(surroundings: Surroundings, folder: string, access: RemoteAccess = { kind: 'none' }) {
  const output = createRecordedOutput();
  const target = { folder, verify: false, now: 0, program: 'test' };
  const progress = { show: () => {}, clear: () => {} };
  const reporting = { output, progress, asJson: false };
  return backUpRemote({ address, access }, target, reporting, surroundings).then(() => output.printed.stdout);
}

async function refusalOf(work: Promise<unknown>): Promise<{ message: string; exitCode: number }> {
  const error: unknown = await work.then(
    () => assert.fail('It was not refused.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error && error.name === 'OperatorError' && 'exitCode' in error, String(error));
  return { message: error.message, exitCode: Number(error.exitCode) };
}

test('[SRV-150] a server is backed up over HTTP, and a later run reads only what is new', async (t) => {
  const { backup, data } = await foldersFor(t);
  const server = await filledServer(1_500);
  const { asked, surroundings } = networkTo(server);
  assert.match(await backUpOf(surroundings, backup), /has 1500 operations and 3 chunks/);
  await fill(server, 'second', 3);
  const bytes = utf8ToBytes('a new piece');
  await server.chunks.put(nameOf(bytes), piecesOf(bytes, 9));
  asked.length = 0;
  assert.match(
    await backUpOf(surroundings, backup),
    /has 1503 operations and 4 chunks.*\nCopied 1 new chunk/,
  );
  assert.deepEqual(
    asked.filter((path) => path !== paths.log && !path.startsWith(`${paths.log}/`)),
    [paths.operations, paths.account, paths.chunks, paths.chunk(nameOf(bytes))],
  );
  assert.equal((await checkBackup(backup, () => {})).damage.count, 0);

  await restoreBackup({ folder: backup, dataFolder: data, onProgress: () => {} });
  const restored = await openDataFolder(data);
  t.after(() => restored.close());
  const head = await server.log.head();
  assert.deepEqual({ ...(await restored.log.head()), chain: [] }, { ...head, chain: [] });
  assert.deepEqual(Buffer.from((await restored.log.head()).chain), Buffer.from(head.chain));
  assert.deepEqual(Buffer.from((await restored.log.account()) ?? []), Buffer.from('{"record":1}'));
  assert.deepEqual(await restored.chunks.missing([...pieces, bytes].map(nameOf)), []);
});

test('[SRV-150] an answer that fails for a moment is asked for again', async (t) => {
  const { backup } = await foldersFor(t);
  let asked = 0;
  const { surroundings } = networkTo(await filledServer(1_500), (_, answer) => {
    asked += 1;
    if (asked % 3 === 1) throw new Error('The connection was cut.');
    return asked % 3 === 2 ? new Response(null, { status: 502 }) : answer;
  });
  assert.match(await backUpOf(surroundings, backup), /has 1500 operations and 3 chunks/);
});

/** Changes a byte of one page of the log. */
function spoilPage(place: number): Answer {
  let page = -1;
  return async (path, answer) => {
    if (path !== paths.operations || !answer.ok) return answer;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    page += 1;
    if (page === place) bytes[100] = 1 + (bytes[100] ?? 0);
    return new Response(bytes, answer);
  };
}

const stranger = (status: number, headers: Record<string, string> = {}) =>
  new Response('', { status, headers });
const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 't', title: 't', status, code, detail: 'Said so.' }), {
    status,
    headers: { dataans: '1' },
  });
const login = { location: 'https://team.cloudflareaccess.com/login' };

const refusals: readonly (readonly [what: string, Answer, RemoteAccess['kind'], RegExp])[] = [
  [
    'nothing',
    () => {
      throw Object.assign(new Error(), { code: 'ECONNREFUSED' });
    },
    'none',
    /: Nothing listens at notes\.example\.org:8000\. The earlier backup there is intact\. Check the address/,
  ],
  [
    'a server that wants a token',
    () => problem(401, 'unauthorized'),
    'none',
    /asks for an access token, and there is none\. .* token add backup\. Set DATAANS_TOKEN_FILE/,
  ],
  [
    'a server that knows another token',
    () => problem(401, 'unauthorized'),
    'token',
    /doesn't accept the access token\./,
  ],
  [
    'a server that lets somebody else in',
    () => problem(403, 'forbidden'),
    'token',
    /answered 403\. Said so\. .* Use a token/,
  ],
  [
    'a login',
    () => stranger(302, login),
    'none',
    /asks for a login first, at team\.cloudflareaccess\.com\. .* DATAANS_ACCESS_CLIENT_ID/,
  ],
  [
    'a login that knows another service token',
    () => stranger(403),
    'service-token',
    /doesn't accept the service token\. .* Service Auth policy/,
  ],
  [
    'a proxy without a server',
    () => stranger(502),
    'token',
    /What stands in front of .* answers 502\. .* Check that the server runs, then run it again\.$/,
  ],
  ['another site', () => stranger(200), 'token', /isn't a Dataans server\. .* Check the address/],
  [
    'an answer without an end',
    () => new Response(new Uint8Array(limits.jsonBodyBytesMax + 1)),
    'none',
    /a larger answer than expected/,
  ],
  [
    'a server of another time',
    (path, answer) => (path === paths.chunks ? problem(404, 'not-found') : answer),
    'none',
    /answered 404.* Bring the server to the version/,
  ],
  [
    'a list that goes in circles',
    (path, answer) =>
      path === paths.chunks
        ? Response.json(
            { chunks: Array.from({ length: 1_000 }, () => ({ name: nameOf(utf8ToBytes('x')), size: 1 })) },
            { headers: { dataans: '1' } },
          )
        : answer,
    'none',
    /answered the question for \/v1\/chunks with something else/,
  ],
];

const accesses: Readonly<Record<RemoteAccess['kind'], RemoteAccess>> = {
  none: { kind: 'none' },
  token: { kind: 'token', token: 'secret' },
  'service-token': { kind: 'service-token', clientId: 'id', clientSecret: 'secret' },
};

for (const [what, change, kind, sentence] of refusals)
  test(`[SRV-150] a backup of ${what} is refused with what to do, and the one before stays`, async (t) => {
    const { backup } = await foldersFor(t);
    const server = await filledServer();
    await backUpOf(networkTo(server).surroundings, backup);
    const said = await refusalOf(backUpOf(networkTo(server, change).surroundings, backup, accesses[kind]));
    assert.match(said.message, sentence);
    assert.doesNotMatch(said.message, /secret/);
    assert.equal((await readManifest(backup))?.number, 1);
    assert.ok((await readdir(backup)).includes('log-1.sqlite'));
  });

test('[SRV-36] the backup of another server is refused over HTTP as well', async (t) => {
  const { backup } = await foldersFor(t);
  await backUpOf(networkTo(await filledServer()).surroundings, backup);
  const { message } = await refusalOf(backUpOf(networkTo(await filledServer()).surroundings, backup));
  assert.match(message, /is the backup of another server/);
});

for (const [which, place] of [
  ['a page', 0],
  ['the last page', 1],
] as const)
  test(`[SRV-35] ${which} with other bytes is refused with exit code 6, and the backup before stays`, async (t) => {
    const { backup } = await foldersFor(t);
    const { surroundings } = networkTo(await filledServer(1_005), spoilPage(place));
    const { message, exitCode } = await refusalOf(backUpOf(surroundings, backup));
    assert.match(message, /^The server's log is damaged \(.*\)\. The earlier backup is intact\./);
    assert.equal(exitCode, 6);
    assert.equal(await readManifest(backup), null);
  });

const damagedChunks: readonly (readonly [what: string, Response, RegExp])[] = [
  ['with other bytes', new Response('other', { headers: { dataans: '1' } }), /its bytes are not the ones/],
  ['that the server cannot read', problem(500, 'internal'), /cannot be read \(.* answered 500/],
];

for (const [what, answer, finding] of damagedChunks)
  test(`[SRV-34] a chunk ${what} is named and left out, and all others are copied over HTTP`, async (t) => {
    const { backup } = await foldersFor(t);
    const name = nameOf(pieces[1] ?? new Uint8Array());
    const server = networkTo(await filledServer(), (path, right) =>
      path === paths.chunk(name) ? answer.clone() : right,
    );
    const { message, exitCode } = await refusalOf(backUpOf(server.surroundings, backup));
    assert.match(message, /except 1 damaged chunk on the server/);
    assert.equal(exitCode, 6);
    assert.equal((await readManifest(backup))?.chunks.count, 2);
    const checked = await checkOf(server.surroundings);
    assert.match(checked.stdout, finding);
  });

test('[SRV-151] a server is checked over HTTP: all of it is read, and what is damaged is named', async () => {
  const server = await filledServer(1_500);
  assert.match(
    (await checkOf(networkTo(server).surroundings)).stdout,
    /operations +1500 +0\nchunks +3 .*nothing is damaged/s,
  );
  const { surroundings } = networkTo(server, spoilPage(0));
  const { stdout, message } = await checkOf(surroundings);
  assert.match(stdout, /^log: what follows operation 1000 cannot be read, or is of another log$/m);
  assert.match(message ?? '', /^Found 1 damaged item\./);
});

async function checkOf(surroundings: Surroundings): Promise<{ stdout: string; message: string | null }> {
  const output = createRecordedOutput();
  const progress = { show: () => {}, clear: () => {} };
  const place = { address, access: accesses.none };
  const message = await checkRemote(place, { output, progress, asJson: false }, surroundings).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { stdout: output.printed.stdout, message };
}
