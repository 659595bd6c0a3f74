import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  appendedMessage,
  bytesToHex,
  bytesToUuid,
  decodeFrames,
  encodeFrames,
  framesMediaType,
  headHeader,
  limits,
  logMessage,
  operationIdsMessage,
  paths,
  positionMessage,
  type Frame,
} from '@dataans/core';
import * as v from 'valibot';
import { envelopeFrame, envelopeFrames } from '../testing/frames.ts';
import { assertRefused, createTestApp, type TestApp } from '../testing/test-app.ts';

const frameHeaders = { 'content-type': framesMediaType };

test('[SRV-38] which log a request is for is compared without asking the store', async () => {
  const { log } = createTestApp();
  const head = () => Promise.reject(new Error('asked'));
  const { send } = createTestApp({ log: { ...log, head } });
  assert.equal((await send('GET', `${paths.account}?log=${log.id}`)).status, 404);
  await assertRefused(await send('GET', `${paths.account}?log=${randomUUID()}`), 'log-diverged');
});

test('[SRV-10] uploaded operations come back in order with the head beside them', async () => {
  const testApp = createTestApp();
  const frames = envelopeFrames('operation', 3);
  const appended = v.parse(appendedMessage, await (await upload(testApp, frames)).json());
  assert.deepEqual([appended.before, appended.head, appended.already], [0, 3, []]);

  const answer = await testApp.send('GET', `${paths.operations}?after=1&chain=${await chainAt(testApp, 1)}`);
  assert.equal(answer.headers.get(headHeader), '3');
  assert.equal(answer.headers.get('content-type'), framesMediaType);
  assert.deepEqual(await framesOf(answer), frames.slice(1).map(frameText));
});

test('[SRV-9] the log tells its id, head, chain and limits', async () => {
  const testApp = createTestApp();
  await upload(testApp, envelopeFrames('operation', 2));
  const told = v.parse(logMessage, await (await testApp.send('GET', paths.log)).json());
  assert.equal(told.log, (await testApp.log.head()).log);
  assert.equal(told.head, 2);
  assert.equal(told.chain, await chainAt(testApp, 2));
  for (const [name, limit] of Object.entries(told.limits))
    assert.equal(limit, (limits as Readonly<Record<string, number>>)[name], name);
});

test('[SRV-13] the chain at any place of the log can be asked for', async () => {
  const testApp = createTestApp();
  await upload(testApp, envelopeFrames('operation', 2));
  const position = v.parse(positionMessage, await (await testApp.send('GET', paths.logAt(1))).json());
  assert.deepEqual(position, { seq: 1, chain: await chainAt(testApp, 1) });
  await assertRefused(await testApp.send('GET', paths.logAt(3)), 'not-found');
  for (const seq of ['-1', '1.5', 'x', '99999999999999999', '%00'])
    await assertRefused(await testApp.send('GET', `${paths.log}/${seq}`), 'malformed-request');
});

test('[SRV-38] a batch for another log is refused, and nothing of it is stored', async () => {
  const testApp = createTestApp();
  const send = (log: string) =>
    testApp.send('POST', `${paths.operations}?log=${log}`, {
      headers: frameHeaders,
      body: encodeFrames([envelopeFrame('a')]),
    });
  await assertRefused(await send('00000000-0000-4000-8000-000000000000'), 'log-diverged');
  assert.equal((await testApp.log.head()).seq, 0);
  assert.equal((await send((await testApp.log.head()).log)).status, 200);
  assert.equal((await testApp.log.head()).seq, 1);
});

test('[SRV-38] a page of another log is not given, nor the account record beside it', async () => {
  const testApp = createTestApp();
  await upload(testApp, [envelopeFrame('a')]);
  const ours = (await testApp.log.head()).log;
  for (const path of [`${paths.operations}?after=0&log=`, `${paths.account}?log=`]) {
    await assertRefused(
      await testApp.send('GET', `${path}00000000-0000-4000-8000-000000000000`),
      'log-diverged',
    );
    assert.notEqual((await testApp.send('GET', path + ours)).status, 409);
  }
});

test('[SRV-11] other bytes under a stored id are a conflict, and nothing of the batch is stored', async () => {
  const testApp = createTestApp();
  const [a, b] = [envelopeFrame('a'), envelopeFrame('b')];
  await upload(testApp, [a]);
  const forged = { ...a, body: envelopeFrame('forged').body };
  const problem = await assertRefused(await upload(testApp, [b, forged]), 'operation-conflict');
  assert.match(problem.detail, /frame 1/);
  assert.equal((await testApp.log.head()).seq, 1);
});

test('[SRV-12] a pruned frame is refused on upload', async () => {
  const testApp = createTestApp();
  const pruned: Frame = { kind: 'pruned', id: new Uint8Array(16), body: new Uint8Array(32) };
  await assertRefused(await upload(testApp, [envelopeFrame('a'), pruned]), 'malformed-frames');
  assert.equal((await testApp.log.head()).seq, 0);
});

const garbage: readonly (readonly [title: string, body: Uint8Array])[] = [
  ['a byte', new Uint8Array([1])],
  ['a frame that is cut off', encodeFrames([envelopeFrame('a')]).subarray(0, -1)],
  ['a frame of an unknown kind', encodeFrames([envelopeFrame('a')]).with(4, 9)],
  ['text', new TextEncoder().encode('{"operations": []} and then some more text')],
];

for (const [title, body] of garbage)
  test(`[SRV-1] ${title} after a good frame is refused, and nothing of the batch is stored`, async () => {
    const testApp = createTestApp();
    const whole = new Uint8Array([...encodeFrames([envelopeFrame('good')]), ...body]);
    const answer = await testApp.send('POST', paths.operations, { headers: frameHeaders, body: whole });
    await assertRefused(answer, 'malformed-frames');
    assert.equal((await testApp.log.head()).seq, 0);
  });

test('[SRV-5] a batch of more operations than allowed is refused', async () => {
  const testApp = createTestApp();
  const frames = envelopeFrames('operation', limits.batchOperationsMax + 1);
  await assertRefused(await upload(testApp, frames), 'malformed-frames');
  assert.equal((await testApp.log.head()).seq, 0);
});

test('[SRV-5] a batch over the limit is refused before it is read, and while it arrives', async () => {
  const testApp = createTestApp();
  const body = new Uint8Array(limits.batchBytesMax + 1);
  const declared = { ...frameHeaders, 'content-length': String(body.length) };
  const untouched = new ReadableStream<Uint8Array>({ pull: () => assert.fail('read') }, { highWaterMark: 0 });
  const early = await testApp.send('POST', paths.operations, { headers: declared, body: untouched });
  await assertRefused(early, 'too-large');

  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const late = await testApp.send('POST', paths.operations, { headers: frameHeaders, body: endless });
  await assertRefused(late, 'too-large');
  assert.ok(sent < limits.batchBytesMax + 5 * 65_536);
});

test('[SRV-5] a body of another length than it said is not stored', async () => {
  const testApp = createTestApp();
  const body = encodeFrames([envelopeFrame('a')]);
  const headers = { ...frameHeaders, 'content-length': String(body.length + 1) };
  await assertRefused(await testApp.send('POST', paths.operations, { headers, body }), 'malformed-request');
  assert.equal((await testApp.log.head()).seq, 0);
});

test('[SRV-13] a cursor beyond the head, or with another chain, has diverged', async () => {
  const testApp = createTestApp();
  await upload(testApp, envelopeFrames('operation', 2));
  const other = '00'.repeat(32);
  for (const query of ['after=3', `after=1&chain=${other}`, `after=0&chain=${await chainAt(testApp, 1)}`])
    await assertRefused(await testApp.send('GET', `${paths.operations}?${query}`), 'log-diverged');
});

test('[SRV-13] a page is as long as asked for', async () => {
  const testApp = createTestApp();
  await upload(testApp, envelopeFrames('operation', 3));
  const page = await testApp.send('GET', `${paths.operations}?after=0&limit=2`);
  assert.equal((await framesOf(page)).length, 2);
});

for (const query of [
  'after=-1',
  'after=',
  'after=1e3',
  'after=9007199254740993',
  'chain=xyz',
  'chain=00',
  `chain=${'AB'.repeat(32)}`,
  'limit=0',
  'limit=1001',
  'limit=all',
])
  test(`[SRV-1] GET operations with ${query} is refused`, async () => {
    await assertRefused(
      await createTestApp().send('GET', `${paths.operations}?${query}`),
      'malformed-request',
    );
  });

test('[SRV-10] the server tells which of some operations it lacks', async () => {
  const testApp = createTestApp();
  const [a, b] = [envelopeFrame('a'), envelopeFrame('b')];
  await upload(testApp, [a]);
  const ids = [bytesToUuid(a.id), bytesToUuid(b.id)];
  const answer = await testApp.send('POST', paths.operationsMissing, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ids }),
  });
  assert.deepEqual(v.parse(operationIdsMessage, await answer.json()).ids, [ids[1]]);
});

const badQuestions: readonly string[] = [
  '',
  'null',
  '[]',
  '{"ids":["x"]}',
  '{"ids":"x"}',
  JSON.stringify({
    ids: Array.from({ length: limits.missingNamesMax + 1 }, () => bytesToUuid(new Uint8Array(16))),
  }),
];

for (const body of badQuestions)
  test(`[SRV-1] asking for missing operations with ${body.slice(0, 20) || 'nothing'} is refused`, async () => {
    const headers = { 'content-type': 'application/json' };
    await assertRefused(
      await createTestApp().send('POST', paths.operationsMissing, { headers, body }),
      'malformed-request',
    );
  });

test('[SRV-5] a JSON body over the limit is refused', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = ' '.repeat(limits.jsonBodyBytesMax + 1);
  await assertRefused(
    await createTestApp().send('POST', paths.operationsMissing, { headers, body }),
    'too-large',
  );
});

const wrongTypes: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'content-type': 'application/json' },
  { 'content-type': `${framesMediaType}x` },
  { 'content-type': framesMediaType, 'content-encoding': 'gzip' },
];

for (const headers of wrongTypes)
  test(`[SRV-4] frames sent as ${JSON.stringify(headers)} are refused`, async () => {
    const testApp = createTestApp();
    const body = encodeFrames([envelopeFrame('a')]);
    await assertRefused(
      await testApp.send('POST', paths.operations, { headers, body }),
      'unsupported-media-type',
    );
    assert.equal((await testApp.log.head()).seq, 0);
  });

function upload({ send }: TestApp, frames: readonly Frame[]): Promise<Response> {
  return send('POST', paths.operations, { headers: frameHeaders, body: encodeFrames(frames) });
}

async function chainAt({ log }: TestApp, seq: number): Promise<string> {
  const chain = await log.chainAt(seq);
  assert.ok(chain !== null);
  return bytesToHex(chain);
}

async function framesOf(answer: Response): Promise<readonly string[]> {
  const decoded = decodeFrames(new Uint8Array(await answer.arrayBuffer()));
  assert.ok(decoded.ok);
  return decoded.frames.map(frameText);
}

function frameText({ kind, id, body }: Frame): string {
  return `${kind} ${bytesToHex(id)} ${bytesToHex(body)}`;
}
