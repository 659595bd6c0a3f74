import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits, paths, utf8ToBytes } from '@dataans/core';
import { nameOf, patternBytes } from '../chunks/chunk-store.contract.ts';
import { assertRefused, createTestApp, type TestApp } from '../testing/test-app.ts';

const bytes = patternBytes(1_000);
const name = nameOf(bytes);

test('[SRV-16] a chunk is made once, is there then, and comes back', async () => {
  const { send } = createTestApp();
  assert.equal((await send('PUT', paths.chunk(name), { body: bytes })).status, 201);
  assert.equal((await send('PUT', paths.chunk(name), { body: bytes })).status, 200);
  const read = await send('GET', paths.chunk(name));
  assert.equal(read.status, 200);
  assert.equal(read.headers.get('content-length'), '1000');
  assert.deepEqual(new Uint8Array(await read.arrayBuffer()), bytes);
});

test('[SRV-38] a chunk for another log is refused and not stored, and nothing is told of what is missing', async () => {
  const { send, log, chunks } = createTestApp();
  const ask = (path: string) =>
    send('POST', path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ names: [name] }),
    });
  const other = '?log=00000000-0000-4000-8000-000000000000';
  await assertRefused(await send('PUT', paths.chunk(name) + other, { body: bytes }), 'log-diverged');
  await assertRefused(await ask(paths.chunksMissing + other), 'log-diverged');
  assert.equal(await chunks.size(name), null);
  const ours = `?log=${(await log.head()).log}`;
  assert.equal((await send('PUT', paths.chunk(name) + ours, { body: bytes })).status, 201);
  assert.equal((await ask(paths.chunksMissing + ours)).status, 200);
});

test('[SRV-16] HEAD tells the size of a chunk, or that it is not there', async () => {
  const testApp = await appWithChunk();
  const head = await testApp.send('HEAD', paths.chunk(name));
  assert.equal(head.status, 200);
  assert.equal(head.headers.get('content-length'), '1000');
  assert.equal((await head.arrayBuffer()).byteLength, 0);
  assert.equal((await testApp.send('HEAD', paths.chunk(nameOf(utf8ToBytes('no'))))).status, 404);
});

test('[SRV-16] a body whose hash is not the name is refused and not stored', async () => {
  const { send, chunks } = createTestApp();
  await assertRefused(await send('PUT', paths.chunk(name), { body: bytes.subarray(1) }), 'chunk-mismatch');
  assert.equal(await chunks.size(name), null);
});

test('[SRV-5] a chunk over the limit is refused while it arrives', async () => {
  const { send, chunks } = createTestApp();
  const large = new Uint8Array(limits.chunkBytesMax + 1);
  await assertRefused(await send('PUT', paths.chunk(nameOf(large)), { body: large }), 'too-large');
  assert.equal(await chunks.size(nameOf(large)), null);
  const largest = new Uint8Array(limits.chunkBytesMax);
  assert.equal((await send('PUT', paths.chunk(nameOf(largest)), { body: largest })).status, 201);
});

test('[SRV-16] the server tells which of some chunks it lacks', async () => {
  const { send } = await appWithChunk();
  const gone = nameOf(utf8ToBytes('gone'));
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ names: [name, gone] });
  const answer = await send('POST', paths.chunksMissing, { headers, body });
  assert.deepEqual(await answer.json(), { names: [gone] });
  await assertRefused(
    await send('POST', paths.chunksMissing, { headers, body: '{"names":["../x"]}' }),
    'malformed-request',
  );
});

test('[SRV-16] a chunk that is not there is not found', async () => {
  await assertRefused(await createTestApp().send('GET', paths.chunk(name)), 'not-found');
});

test('[SRV-90] the chunks are listed by name, with their sizes, a page at a time', async () => {
  const { send, chunks } = createTestApp();
  for (let size = 1; size <= 5; size += 1) {
    const body = patternBytes(size);
    await send('PUT', paths.chunk(nameOf(body)), { body });
  }
  const all = await chunks.list(null, 9);
  const list = async (query: string): Promise<unknown> => (await send('GET', paths.chunks + query)).json();
  assert.deepEqual(await list(''), { chunks: all });
  assert.deepEqual(await list('?limit=2'), { chunks: all.slice(0, 2) });
  assert.deepEqual(await list(`?after=${all[1]?.name}&limit=2`), { chunks: all.slice(2, 4) });
  assert.deepEqual(await list(`?after=${all[4]?.name}`), { chunks: [] });
});

for (const query of ['after=x', `after=${name.toUpperCase()}`, 'limit=0', 'limit=1001', 'limit=x'])
  test(`[SRV-90] a list of chunks with ${query.slice(0, 12)} is refused`, async () => {
    await assertRefused(await createTestApp().send('GET', `${paths.chunks}?${query}`), 'malformed-request');
  });

test('[SRV-38] nobody is told the chunks of another log than they meant', async () => {
  const { send } = await appWithChunk();
  const other = '?log=00000000-0000-4000-8000-000000000000';
  await assertRefused(await send('GET', paths.chunks + other), 'log-diverged');
});

const badNames = [
  'x',
  name.toUpperCase(),
  name.slice(1),
  `${name}0`,
  '..%2f..%2fetc%2fpasswd',
  `..%2f${name.slice(3)}`,
  `${name}%00`,
  '%2e%2e',
  '%',
];

for (const bad of badNames)
  test(`[SRV-20] ${bad.slice(0, 30)} names no chunk, for reading and for writing`, async () => {
    const { send } = await appWithChunk();
    for (const answer of [
      await send('GET', `/v1/chunks/${bad}`),
      await send('PUT', `/v1/chunks/${bad}`, { body: bytes }),
    ])
      assert.ok(answer.status === 400 || answer.status === 404 || answer.status === 405);
  });

const ranges: readonly (readonly [range: string, start: number, end: number])[] = [
  ['bytes=0-0', 0, 1],
  ['bytes=0-', 0, 1000],
  ['bytes=999-', 999, 1000],
  ['bytes=10-19', 10, 20],
  ['bytes=990-5000', 990, 1000],
  ['bytes=-1', 999, 1000],
  ['bytes=-5000', 0, 1000],
];

for (const [range, start, end] of ranges)
  test(`[SRV-19] Range: ${range} gives bytes ${start} to ${end - 1}`, async () => {
    const { send } = await appWithChunk();
    const answer = await send('GET', paths.chunk(name), { headers: { range } });
    assert.equal(answer.status, 206);
    assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end - 1}/1000`);
    assert.equal(answer.headers.get('content-length'), String(end - start));
    assert.deepEqual(new Uint8Array(await answer.arrayBuffer()), bytes.slice(start, end));
  });

for (const range of ['bytes=1000-', 'bytes=1000-1001', 'bytes=-0'])
  test(`[SRV-19] Range: ${range} cannot be satisfied, and the size is told`, async () => {
    const { send } = await appWithChunk();
    const answer = await send('GET', paths.chunk(name), { headers: { range } });
    assert.equal(answer.headers.get('content-range'), 'bytes */1000');
    await assertRefused(answer, 'range-not-satisfiable');
  });

for (const range of ['bytes=5-4', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=-', 'bytes=a-b', 'x'])
  test(`[SRV-19] Range: ${range} is ignored`, async () => {
    const { send } = await appWithChunk();
    const answer = await send('GET', paths.chunk(name), { headers: { range } });
    assert.equal(answer.status, 200);
    assert.equal((await answer.arrayBuffer()).byteLength, 1000);
  });

async function appWithChunk(): Promise<TestApp> {
  const testApp = createTestApp();
  await testApp.send('PUT', paths.chunk(name), { body: bytes });
  return testApp;
}
