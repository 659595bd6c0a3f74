import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToHex, encodeFrames, framesMediaType, paths, utf8ToBytes } from '@dataans/core';
import { sha256 } from '../hash.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { createTestApp, type SendOptions } from '../testing/test-app.ts';

const chunk = utf8ToBytes('chunk');
const chunkPath = `/v1/chunks/${bytesToHex(sha256(chunk))}`;
const json = { 'content-type': 'application/json' };

/** Each call is a query, and a way over a network where the store is not in the process. */
const requests: readonly (readonly [
  method: string,
  path: string,
  init: SendOptions,
  calls: readonly string[],
])[] = [
  ['GET', paths.log, {}, ['head']],
  ['GET', `${paths.log}/1`, {}, ['chainAt']],
  ['GET', paths.operations, {}, ['readPage', 'account']],
  [
    'POST',
    paths.operations,
    { headers: { 'content-type': framesMediaType }, body: encodeFrames(envelopeFrames('more', 3)) },
    ['account', 'append'],
  ],
  ['POST', paths.operationsMissing, { headers: json, body: '{"ids":[]}' }, ['missing']],
  ['GET', paths.account, {}, ['account']],
  ['PUT', paths.account, { headers: { ...json, 'if-none-match': '*' }, body: '{}' }, ['putAccount']],
  ['GET', paths.session, {}, []],
  ['GET', '/health', {}, ['head']],
  ['GET', '/metrics', {}, ['head', 'usage']],
  ['POST', paths.chunksMissing, { headers: json, body: '{"names":[]}' }, ['missing']],
  ['PUT', chunkPath, { body: chunk }, ['put']],
  ['HEAD', chunkPath, {}, ['size']],
  ['GET', chunkPath, {}, ['read']],
  ['GET', paths.chunks, {}, ['list']],
];

for (const [method, path, init, calls] of requests)
  test(`${method} ${path} asks the stores no more than it needs to`, async () => {
    const { log, chunks } = createTestApp();
    await log.append(envelopeFrames('operation', 2));
    const made: string[] = [];
    const { send } = createTestApp({ log: counting(log, made), chunks: counting(chunks, made) });
    await (await send(method, path, init)).arrayBuffer();
    assert.deepEqual(made, calls);
  });

/** The same store, which writes down what is called. */
function counting<Store extends object>(store: Store, made: string[]): Store {
  return new Proxy(store, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value === 'function') made.push(String(name));
      return value;
    },
  });
}
