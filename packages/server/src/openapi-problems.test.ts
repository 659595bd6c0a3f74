import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  accountHeader,
  encodeFrames,
  framesMediaType,
  paths,
  statusByProblemCode,
  type ProblemCode,
} from '@dataans/core';
import { nameOf } from './chunks/chunk-store.contract.ts';
import { Refusal } from './problems/refusal.ts';
import { eventStreamsMax } from './routes/events.ts';
import { OverQuotaError } from './stores/over-quota.ts';
import { StorageFullError } from './stores/storage-full.ts';
import { envelopeFrame } from './testing/frames.ts';
import {
  codesOf,
  documentedOperations,
  findResponse,
  type DocumentedOperation,
} from './testing/openapi-document.ts';
import { assertRefused, createTestApp, type SendOptions, type TestApp } from './testing/test-app.ts';

type Refusals = Readonly<Partial<Record<ProblemCode, readonly [path: string, options?: SendOptions]>>>;

const json = { 'content-type': 'application/json' };
const makes = { ...json, 'if-none-match': '*' };
const frames = { 'content-type': framesMediaType };
const account = JSON.stringify({
  version: 1,
  kdf: { name: 'PBKDF2-HMAC-SHA-256', iterations: 1 },
  keyring: 'Zmlyc3Q',
});
const batch = encodeFrames([envelopeFrame('a')]);
const conflicting = encodeFrames([{ ...envelopeFrame('a'), body: envelopeFrame('b').body }]);
const chunk = new Uint8Array([7]);
const chunkPath = paths.chunk(nameOf(chunk));
const tooLarge = new Uint8Array(2 * 1_048_576);

const readRefusals: Refusals = {
  'malformed-request': ['/v1/chunks/x'],
  'not-found': [chunkPath],
  'range-not-satisfiable': [chunkPath, { headers: { range: 'bytes=9-' } }],
};

/** How to get each problem that the document foresees, from an app that holds one account, operation and chunk. */
const refusals: Readonly<Record<string, Refusals>> = {
  'GET /hand-over': {
    'malformed-request': [paths.handOver],
    'not-found': [`${paths.handOver}?port=40000&state=${'A'.repeat(43)}&key=${'B'.repeat(42)}A&device=x`],
  },
  'GET /app/{path}': { 'not-found': ['/app/none.js'] },
  'GET /v1/account': { 'not-found': [paths.account], 'log-diverged': [`${paths.account}?log=x`] },
  'PUT /v1/account': {
    'malformed-request': [paths.account, { headers: makes, body: '{' }],
    'unsupported-media-type': [paths.account, { headers: { 'if-none-match': '*' }, body: account }],
    'precondition-required': [paths.account, { headers: json, body: account }],
    'account-exists': [paths.account, { headers: makes, body: account }],
    'account-changed': [paths.account, { headers: { ...json, 'if-match': '"00"' }, body: account }],
    'too-large': [paths.account, { headers: makes, body: tooLarge }],
    'storage-full': [paths.account, { headers: makes, body: account }],
  },
  'GET /v1/log/{seq}': { 'malformed-request': ['/v1/log/x'], 'not-found': [paths.logAt(9)] },
  'GET /v1/operations': {
    'malformed-request': [`${paths.operations}?after=x`],
    'log-diverged': [`${paths.operations}?after=9`],
  },
  'POST /v1/operations': {
    'malformed-request': [paths.operations, { headers: { ...frames, 'content-length': '9' }, body: 'x' }],
    'malformed-frames': [paths.operations, { headers: frames, body: 'x' }],
    'unsupported-media-type': [paths.operations, { headers: json, body: '{}' }],
    'log-diverged': [`${paths.operations}?log=x`, { headers: frames }],
    'operation-conflict': [paths.operations, { headers: frames, body: conflicting }],
    'account-changed': [paths.operations, { headers: { ...frames, [accountHeader]: '00' }, body: batch }],
    'too-large': [paths.operations, { headers: frames, body: tooLarge }],
    'storage-full': [paths.operations, { headers: frames, body: batch }],
    'over-quota': [paths.operations, { headers: frames, body: batch }],
  },
  'POST /v1/operations/missing': missingRefusals(paths.operationsMissing),
  'GET /v1/chunks': {
    'malformed-request': [`${paths.chunks}?after=x`],
    'log-diverged': [`${paths.chunks}?log=x`],
  },
  'POST /v1/chunks/missing': {
    ...missingRefusals(paths.chunksMissing),
    'log-diverged': [`${paths.chunksMissing}?log=x`, { headers: json, body: '{"names":[]}' }],
  },
  'PUT /v1/chunks/{name}': {
    'malformed-request': ['/v1/chunks/x', { body: chunk }],
    'chunk-mismatch': [chunkPath, { body: 'x' }],
    'log-diverged': [`${chunkPath}?log=x`, { body: chunk }],
    'too-large': [chunkPath, { body: tooLarge }],
    'storage-full': [chunkPath, { body: chunk }],
    'over-quota': [chunkPath, { body: chunk }],
  },
  'GET /v1/chunks/{name}': readRefusals,
  'HEAD /v1/chunks/{name}': readRefusals,
  'GET /v1/events': { 'too-many-requests': [paths.events] },
};

function missingRefusals(path: string): Refusals {
  return {
    'malformed-request': [path, { headers: json, body: '{}' }],
    'too-large': [path, { headers: json, body: tooLarge }],
    'unsupported-media-type': [path, { body: '{}' }],
  };
}

/** Whatever a caller asks, these can be the answer; `request-timeout` takes a connection. // SRV-40 */
const general: ReadonlySet<string> = new Set(['unauthorized', 'forbidden', 'internal', 'request-timeout']);

for (const operation of documentedOperations) {
  const { method } = operation;
  const name = `${method} ${operation.path}`;
  test(`[SRV-41] the problems that the document has for ${name} are those that the server answers`, async () => {
    const known = refusals[name] ?? {};
    assert.deepEqual(
      documentedCodes(operation).filter((code) => !general.has(code)),
      Object.keys(known).toSorted(),
    );
    for (const [code, [path, options]] of Object.entries(known)) {
      // The keys of the table are codes.
      const { send } = await appThatRefuses(code as ProblemCode);
      await assertProblem(await send(method, path, options), method, code as ProblemCode);
    }
  });
}

for (const { method, path } of documentedOperations.filter(({ security }) => security === undefined))
  for (const code of ['unauthorized', 'forbidden', 'internal'] as const)
    test(`[SRV-41] ${method} ${path} may be refused as ${code}, as the document has it`, async () => {
      const authenticate = () => Promise.reject(new Refusal(code, 'No.'));
      const { send } = createTestApp({ authenticate });
      await assertProblem(await send(method, path.replaceAll(/[{}]/g, '')), method, code);
    });

function documentedCodes(operation: DocumentedOperation): readonly string[] {
  return Object.keys(operation.responses)
    .filter((status) => status !== 'default')
    .flatMap((status) => codesOf(findResponse(operation, status)))
    .toSorted();
}

/** An app in the state in which a code can be had: with an account, an operation and a chunk, or without. */
async function appThatRefuses(code: ProblemCode): Promise<TestApp> {
  const testApp = createTestApp();
  const { log, chunks, send } = testApp;
  if (code === 'not-found') return testApp;
  if (code === 'storage-full') {
    const full = () => Promise.reject(new StorageFullError(new Error('ENOSPC')));
    return createTestApp({
      log: { ...log, append: full, putAccount: full },
      chunks: { ...chunks, put: full },
    });
  }
  if (code === 'over-quota') {
    const over = () => Promise.reject(new OverQuotaError());
    return createTestApp({ log: { ...log, append: over }, chunks: { ...chunks, put: over } });
  }
  await send('PUT', paths.account, { headers: makes, body: account });
  await send('POST', paths.operations, { headers: frames, body: batch });
  await send('PUT', chunkPath, { body: chunk });
  if (code === 'too-many-requests')
    await Promise.all(Array.from({ length: eventStreamsMax }, () => send('GET', paths.events)));
  return testApp;
}

/** HEAD has no body to say more than the status. */
async function assertProblem(answer: Response, method: string, code: ProblemCode): Promise<void> {
  if (method === 'HEAD') assert.equal(answer.status, statusByProblemCode[code]);
  else await assertRefused(answer, code);
}
