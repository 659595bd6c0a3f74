import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { encodeFrames, framesMediaType, parseProblem } from '@dataans/core';
import { digestFolder, filesBelow } from '../world/folder-digest.ts';
import { readStatus } from '../world/listings.ts';
import { pseudoRandomBytes } from '../world/pseudo-random.ts';
import { createTwoDevices } from '../world/two-devices.ts';
import { createWorld } from '../world/world.ts';

const frameType = `content-type: ${framesMediaType}`;
const chunk = pseudoRandomBytes(3, 5_000);
const name = createHash('sha256').update(chunk).digest('hex');
const otherName = createHash('sha256').update('another').digest('hex');
const frame = (id: Uint8Array, body: Uint8Array) => encodeFrames([{ kind: 'envelope', id, body }]);

const hungAfterMs = 10_000;

interface BadRequest {
  readonly what: string;
  readonly line: string;
  readonly headers?: readonly string[];
  readonly body?: Uint8Array;
  /** What the header says, where that is not so. */
  readonly saidBytes?: number;
  /** What may come; nothing where whoever asked hung up. */
  readonly statuses: readonly number[];
  readonly code?: string;
}

const put = `PUT /v1/chunks/${name}`;
const post = 'POST /v1/operations';
const badRequests: readonly BadRequest[] = [
  {
    what: 'a chunk that is cut off',
    line: put,
    body: chunk.subarray(0, 2_000),
    saidBytes: 5_000,
    statuses: [],
  },
  {
    what: 'a chunk that is longer than it says',
    line: put,
    body: chunk,
    saidBytes: 4_000,
    statuses: [400],
  },
  {
    what: 'a chunk whose hash is not its name',
    line: `PUT /v1/chunks/${otherName}`,
    body: chunk,
    statuses: [400],
    code: 'chunk-mismatch',
  },
  {
    what: 'a chunk over the limit',
    line: put,
    body: Buffer.alloc(1_100_000),
    statuses: [413],
    code: 'too-large',
  },
  {
    what: 'a chunk that says it has a terabyte',
    line: put,
    saidBytes: 1e12,
    statuses: [413],
    code: 'too-large',
  },
  { what: 'a length that is no number', line: put, headers: ['content-length: many'], statuses: [400] },
  { what: 'two lengths', line: put, headers: ['content-length: 1', 'content-length: 2'], statuses: [400] },
  {
    what: 'garbage as frames',
    line: post,
    headers: [frameType],
    body: pseudoRandomBytes(4, 3_000),
    statuses: [400],
  },
  {
    what: 'frames that are cut off',
    line: post,
    headers: [frameType],
    body: frame(newId(), chunk).subarray(0, 2_000),
    statuses: [400],
  },
  {
    what: 'a frame without an envelope',
    line: post,
    headers: [frameType],
    body: frame(newId(), new Uint8Array(3)),
    statuses: [400],
  },
  {
    what: 'frames that say they are JSON',
    line: post,
    headers: ['content-type: application/json'],
    body: frame(newId(), chunk),
    statuses: [415],
  },
  { what: 'no HTTP at all', line: '\u0016\u0003\u0001\u0002\u0000', statuses: [400] },
  ...[
    '/v1/chunks/../log.sqlite',
    '/v1/chunks/..%2f..%2flog.sqlite',
    '/v1/chunks/%2e%2e/%2e%2e/etc/passwd',
    `/v1/chunks/${name}/..`,
    `/v1/chunks/${name.toUpperCase()}`,
    '/../../etc/passwd',
    '/v1/chunks/%00',
    `/v1/chunks/${name}%00.txt`,
  ].flatMap((path) => [
    { what: `to write to ${path}`, line: `PUT ${path}`, body: chunk, statuses: [400, 404] },
    { what: `to read ${path}`, line: `GET ${path}`, statuses: [400, 404] },
  ]),
];

/** Bodies that are not the chunk of this name, which the server has. */
const badRequestsFor = (storedName: string): readonly BadRequest[] => [
  {
    what: 'other bytes under the name of a stored chunk',
    line: `PUT /v1/chunks/${storedName}`,
    body: chunk,
    statuses: [400],
    code: 'chunk-mismatch',
  },
  {
    what: 'nothing under the name of a stored chunk',
    line: `PUT /v1/chunks/${storedName}`,
    statuses: [400],
    code: 'chunk-mismatch',
  },
  {
    what: 'a body that is cut off, under the name of a stored chunk',
    line: `PUT /v1/chunks/${storedName}`,
    body: chunk.subarray(0, 2_000),
    saidBytes: 5_000,
    statuses: [],
  },
];

test('whatever a caller sends, the server names what is wrong, keeps what it had and goes on', async (t) => {
  const world = await createWorld(t);
  const file = join(world.folder, 'attached.bin');
  writeFileSync(file, pseudoRandomBytes(10, 20_000));
  const { server, first, second } = await createTwoDevices(world, async (device) => {
    await device.done(['space', 'add', 'Inbox']);
    await device.done(['note', 'add', 'Here before', '--file', file]);
  });
  const stored = await readStored(server.dataFolder, server.address);
  const [storedChunk] = stored.chunks.keys();
  assert.ok(storedChunk !== undefined);
  for (const bad of [...badRequests, ...badRequestsFor(basename(storedChunk))]) {
    const { status, body } = await send(server.address, bad);
    if (bad.statuses.length > 0) {
      assert.ok(status !== null && bad.statuses.includes(status), `${bad.what}: ${status} ${body}`);
      const problem = parseProblem(JSON.parse(body));
      assert.ok(problem !== null && problem.detail.length > 20, bad.what);
      if (bad.code !== undefined) assert.equal(problem.code, bad.code, bad.what);
    }
    await waitUntilGone(join(server.dataFolder, 'incoming'));
    assert.deepEqual(await readStored(server.dataFolder, server.address), stored, bad.what);
  }
  assert.ok(!existsSync(join(world.folder, 'etc')));
  await first.done(['note', 'add', 'Added afterwards']);
  await first.done(['sync']);
  await second.done(['sync']);
  assert.equal((await readStatus(second)).notes, 2);
  assert.equal((await server.operate('check')).exitCode, 0);
});

test('another operation under an id that is taken is refused, and the first one stays', async (t) => {
  const world = await createWorld(t);
  const { server } = await createTwoDevices(world, async () => undefined);
  const id = newId();
  const upload = (body: Uint8Array) =>
    send(server.address, {
      what: 'frames',
      line: post,
      headers: [frameType],
      body: frame(id, body),
      statuses: [200],
    });
  assert.equal((await upload(pseudoRandomBytes(5, 200))).status, 200);
  const stored = await readStored(server.dataFolder, server.address);
  const refused = await upload(pseudoRandomBytes(6, 200));
  assert.equal(refused.status, 409);
  assert.equal(parseProblem(JSON.parse(refused.body))?.code, 'operation-conflict');
  assert.deepEqual(await readStored(server.dataFolder, server.address), stored);
});

test('what no device can open is kept apart on each, counted, and stops nothing', async (t) => {
  const world = await createWorld(t);
  const { server, first, second } = await createTwoDevices(world, async (device) => {
    await device.done(['space', 'add', 'Inbox']);
  });
  for (const seed of [7, 8, 9])
    await send(server.address, {
      what: 'an envelope of nobody',
      line: post,
      headers: [frameType],
      body: frame(newId(), pseudoRandomBytes(seed, 300)),
      statuses: [200],
    });
  await first.done(['note', 'add', 'Written around them']);
  await first.done(['sync']);
  await second.done(['sync']);
  for (const device of [first, second]) {
    const status = await readStatus(device);
    assert.deepEqual([status.quarantined, status.notes], [3, 1]);
    assert.deepEqual(
      status.findings.map(({ kind }) => kind),
      ['entry-unreadable', 'entry-unreadable', 'entry-unreadable'],
    );
    await device.done(['status', '--acknowledge']);
  }
});

function newId(): Uint8Array {
  return randomBytes(16);
}

/** The files that hold chunks, and the log as the server tells it. */
async function readStored(
  dataFolder: string,
  address: string,
): Promise<{ readonly chunks: ReadonlyMap<string, string>; readonly log: string }> {
  const chunks = await digestFolder(join(dataFolder, 'chunks'));
  return { chunks, log: await (await fetch(`${address}/v1/log`)).text() };
}

/** Nobody is told when the server has seen that its caller is gone. */
async function waitUntilGone(folder: string): Promise<void> {
  const deadline = performance.now() + hungAfterMs;
  while ((await filesBelow(folder)).length > 0)
    assert.ok(performance.now() < deadline, 'What was cut off stays half-written.');
}

/** On a bare socket: the body is what it is, whatever the header says. */
async function send(address: string, bad: BadRequest): Promise<{ status: number | null; body: string }> {
  const { hostname, port, host } = new URL(address);
  const socket = connect(Number(port), hostname);
  // A server that refuses need not wait for the rest: what it said is there all the same.
  socket.on('error', () => undefined);
  const body = bad.body ?? new Uint8Array();
  const headers = bad.headers ?? [];
  const length = headers.some((header) => header.startsWith('content-length'))
    ? []
    : [`content-length: ${bad.saidBytes ?? body.length}`];
  socket.write(
    [`${bad.line} HTTP/1.1`, `host: ${host}`, 'connection: close', ...length, ...headers, '', ''].join(
      '\r\n',
    ),
  );
  socket.write(body);
  if (bad.statuses.length === 0) socket.end();
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await new Promise((resolve) => socket.once('close', resolve));
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  const text = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  return {
    status: status === undefined ? null : Number(status),
    body: text.slice(text.indexOf('{'), text.indexOf('}') + 1),
  };
}
