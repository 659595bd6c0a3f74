import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  appendedMessage,
  chunkListMessage,
  chunkNamesMessage,
  headMessage,
  limits,
  logMessage,
  operationIdsMessage,
  parseProblem,
  paths,
  positionMessage,
  sessionMessage,
  statusByProblemCode,
  type ProblemCode,
} from '@dataans/core';
import * as v from 'valibot';
import { listRoutes } from './app.ts';
import { createIdentity } from './auth/identity.ts';
import { createCallerCounts } from './metrics/caller-counts.ts';
import { createRequestMetrics } from './metrics/request-metrics.ts';
import {
  codesOf,
  compileComponent,
  documentedOperations,
  findComponent,
  findParameter,
  findResponse,
} from './testing/openapi-document.ts';
import { quietSurroundings } from './testing/quiet-surroundings.ts';
import { createTestApp } from './testing/test-app.ts';

test('[SRV-41] the document has the paths and methods of the server, and says which of them answer strangers', () => {
  const authenticate = async () => createIdentity('token', 'phone', null);
  const routes = listRoutes(
    { ...quietSurroundings, ...createTestApp(), authenticate },
    createRequestMetrics(),
    createCallerCounts(),
    { stillAdmits: async () => true },
  );
  assert.deepEqual(
    documentedOperations
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, path, security }) => ({
        method,
        path,
        access: security === undefined ? 'identified' : 'open',
      }))
      .toSorted(byName),
    routes
      .map(({ method, path, access }) => ({
        method,
        path: path.replaceAll(/:(\w+)(?:\{\.\*\})?/g, '{$1}'),
        access,
      }))
      .toSorted(byName),
  );
});

test('[SRV-41] the document has every code of a problem, each under its status', () => {
  const found = new Set<string>();
  for (const operation of documentedOperations)
    for (const status of Object.keys(operation.responses))
      for (const code of codesOf(findResponse(operation, status))) {
        found.add(code);
        // A code that is none has no status and so is found here.
        if (status !== 'default') assert.equal(String(statusByProblemCode[code as ProblemCode]), status);
      }
  assert.deepEqual([...found].toSorted(), Object.keys(statusByProblemCode).toSorted());
});

for (const { method, path, requestBody } of documentedOperations.filter(
  (one) => one.requestBody !== undefined,
))
  test(`[SRV-41] ${method} ${path} takes the largest body that the document allows, and none that is larger`, async () => {
    assert.ok(requestBody !== undefined);
    const { content, 'x-bytes-max': bytesMax } = requestBody;
    const ask = async (bytes: number) => {
      const { status } = await createTestApp().send(method, path.replace('{name}', '0'.repeat(64)), {
        headers: { 'content-type': Object.keys(content).join(), 'if-none-match': '*' },
        body: new Uint8Array(bytes),
      });
      return status;
    };
    assert.equal(await ask(bytesMax), 400);
    assert.equal(await ask(bytesMax + 1), 413);
  });

test('[SRV-41] the document has the limits that the server announces', async () => {
  const announced = v.parse(logMessage, await (await createTestApp().send('GET', paths.log)).json()).limits;
  const shape = v.object({
    properties: v.object({
      limits: v.object({ properties: v.record(v.string(), v.object({ default: v.number() })) }),
    }),
  });
  const { properties } = v.parse(shape, findComponent('LogMessage')).properties.limits;
  assert.deepEqual(
    Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, value.default])),
    announced,
  );
});

for (const [path, standard] of [
  [paths.operations, limits.batchOperationsMax],
  [paths.chunks, limits.listedChunksMax],
] as const)
  test(`[SRV-41] the document has the bounds of a page of ${path}`, async () => {
    const bounds = v.parse(
      v.object({ minimum: v.number(), maximum: v.number(), default: v.number() }),
      findParameter(path, 'get', 'limit'),
    );
    assert.equal(bounds.default, standard);
    for (const [limit, status] of [
      [bounds.minimum - 1, 400],
      [bounds.minimum, 200],
      [bounds.maximum, 200],
      [bounds.maximum + 1, 400],
    ])
      assert.equal((await createTestApp().send('GET', `${path}?limit=${limit}`)).status, status);
  });

const uuid = '00000000-0000-4000-8000-000000000000';
const hash = 'ab'.repeat(32);
const position = { head: 7, chain: hash };

/** The messages of core, and a value that is one. */
const messages: readonly (readonly [
  name: string,
  isMessage: (value: unknown) => boolean,
  example: object,
])[] = [
  [
    'LogMessage',
    (value) => v.is(logMessage, value),
    {
      server: 'dataans',
      protocol: { min: 1, max: 1 },
      log: uuid,
      ...position,
      limits: {
        batchOperationsMax: 1,
        batchBytesMax: 1,
        envelopeBytesMax: 1,
        chunkBytesMax: 1,
        accountBytesMax: 1,
        missingNamesMax: 1,
      },
    },
  ],
  ['PositionMessage', (value) => v.is(positionMessage, value), { seq: 7, chain: hash }],
  ['AppendedMessage', (value) => v.is(appendedMessage, value), { before: 6, ...position, already: [0] }],
  ['OperationIdsMessage', (value) => v.is(operationIdsMessage, value), { ids: [uuid] }],
  ['ChunkNamesMessage', (value) => v.is(chunkNamesMessage, value), { names: [hash] }],
  ['ChunkListMessage', (value) => v.is(chunkListMessage, value), { chunks: [{ name: hash, size: 1 }] }],
  ['HeadMessage', (value) => v.is(headMessage, value), position],
  [
    'SessionMessage',
    (value) => v.is(sessionMessage, value),
    { method: 'token', name: 'phone', expires: null },
  ],
  [
    'Problem',
    (value) => parseProblem(value) !== null,
    { type: 'urn:x', title: 'X', status: 400, code: 'too-large', detail: 'X.' },
  ],
];

for (const [name, isMessage, example] of messages)
  test(`[SRV-41] the document takes for a ${name} what core takes for one`, () => {
    const validate = compileComponent(name);
    assert.ok(isMessage(example) && validate(example));
    for (const value of variantsOf(example))
      assert.equal(validate(value), isMessage(value), JSON.stringify(value).slice(0, 200));
  });

const texts = [
  '',
  'x',
  '2030-01-01T00:00:00.000Z',
  uuid,
  uuid.toUpperCase(),
  hash,
  `${hash}0`,
  hash.toUpperCase(),
];
const numbers = [-1, 0, 0.5, 1, 2, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1];
const lists = [null, -1, uuid, hash].flatMap((item) =>
  [0, 1, limits.missingNamesMax, limits.missingNamesMax + 1].map((length) =>
    Array.from({ length }, () => item),
  ),
);
const replacements: readonly unknown[] = [null, true, {}, ...texts, ...numbers, ...lists];

/** The value with each of its members, at any depth, left out or another, or with one more beside it. */
function* variantsOf(value: object): Generator<object> {
  yield { ...value, another: 1 };
  for (const [key, member] of Object.entries(value)) {
    yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    for (const replacement of replacements) yield { ...value, [key]: replacement };
    if (isRecord(member)) for (const variant of variantsOf(member)) yield { ...value, [key]: variant };
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byName(one: { readonly method: string; readonly path: string }, other: typeof one): number {
  return `${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1;
}
