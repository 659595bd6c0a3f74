import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  concatBytes,
  encodeFrames,
  framesMediaType,
  parseProblem,
  problemMediaType,
  randomBytesToUuid,
  utf8ToBytes,
  type LogId,
} from '@dataans/core';
import { inProcess } from '../../../packages/server/src/routes/route.ts';
import { createTestApp, type TestApp } from '../../../packages/server/src/testing/test-app.ts';
import { vectors } from '../../vectors/vector-files.ts';
import type { Chance } from '../../world/chance.ts';
import { mutateBytes } from '../mutate/bytes.ts';
import type { Json } from '../mutate/json.ts';
import { varyBytes, varyJson } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

const chunk = Buffer.from('a chunk that is stored');
const name = createHash('sha256').update(chunk).digest('hex');
const id = '43effdb3-b478-4784-b097-4fc2b34313cc';
const otherLog = randomBytesToUuid<LogId>(randomBytes(16));
const envelope = { kind: 'envelope', id: new Uint8Array(16).fill(1), body: new Uint8Array(60) } as const;
const frames = [encodeFrames([envelope]), encodeFrames([envelope, { ...envelope, id: new Uint8Array(16) }])];
const records = vectors.account.valid.map(({ record }) => record as Json);

interface RequestPattern {
  readonly line: string;
  readonly headers?: readonly string[];
  readonly body?: (chance: Chance) => Uint8Array;
}

const isJson = 'content-type: application/json';

const patterns: readonly RequestPattern[] = [
  ...['/', '/health', '/metrics', '/v1/log', '/v1/session', '/v1/account', '/v1/events', '/v1/nothing'].map(
    (path) => ({ line: `GET ${path}` }),
  ),
  { line: 'GET /v1/log/0' },
  { line: `GET /v1/operations?after=0&chain=${name}&limit=10` },
  { line: 'GET /v1/operations?after=1' },
  {
    line: `POST /v1/operations?log=${otherLog}`,
    headers: [`content-type: ${framesMediaType}`],
    body: (chance) => varyBytes(frames, chance),
  },
  {
    line: 'POST /v1/operations',
    headers: [`content-type: ${framesMediaType}`],
    body: (chance) => varyBytes(frames, chance),
  },
  {
    line: 'POST /v1/operations/missing',
    headers: [isJson],
    body: (chance) => varyJson([{ ids: [id] }], chance),
  },
  {
    line: 'POST /v1/chunks/missing',
    headers: [isJson],
    body: (chance) => varyJson([{ names: [name] }], chance),
  },
  ...['0-9', '3-', '5-2', '-0', '0-0,1-1', '999999999999999-', '99999999999999999999-1'].map((range) => ({
    line: `GET /v1/chunks/${name}`,
    headers: [`range: bytes=${range}`],
  })),
  { line: `HEAD /v1/chunks/${name}`, headers: ['range: bytes=-5'] },
  { line: `PUT /v1/chunks/${name}`, body: (chance) => varyBytes([chunk], chance) },
  {
    line: 'PUT /v1/account',
    headers: [isJson, 'if-none-match: *'],
    body: (chance) => varyJson(records, chance),
  },
  {
    line: 'PUT /v1/account',
    headers: [isJson, `if-match: "${name}"`],
    body: (chance) => varyJson(records, chance),
  },
];

const strangeHeaders = [
  'range: chunks=1-2',
  'if-match: *',
  'if-match: "0g"',
  'if-match: W/"00", "11"',
  'if-none-match: "x"',
  'content-encoding: gzip',
  'content-type: application/json; charset=utf-16',
  'content-type: ',
  'content-length: 0',
  'content-length: 99999999999999999999',
  'content-length: 1e3',
  'transfer-encoding: chunked',
  'expect: 100-continue',
  'origin: null',
  'origin: http://[',
  'origin: https://elsewhere.example',
  'sec-fetch-site: cross-site',
  'host: [::1',
  'host: elsewhere.example',
  'accept-encoding: br;q=NaN',
  'authorization: Bearer',
  'authorization: Bearer dat_\u00ff',
  'x-forwarded-for: ,,,',
  'cookie: a=b; =; ;',
  `x-long: ${'y'.repeat(9_000)}`,
  'connection: upgrade',
  'upgrade: websocket',
];

/** A request as bytes on the wire, with something wrong in any of its parts. */
export function makeRequest(host: string, chance: Chance): Uint8Array {
  const pattern = chance.pick(patterns);
  const body = pattern.body?.(chance) ?? new Uint8Array();
  const line = chance.happens(0.3) ? mutateLine(pattern.line, chance) : pattern.line;
  const headers = [
    `host: ${host}`,
    ...(chance.happens(0.9) ? (pattern.headers ?? []) : []),
    ...(pattern.body === undefined
      ? []
      : [`content-length: ${body.length + (chance.happens(0.05) ? 1 : 0)}`]),
    ...Array.from({ length: chance.happens(0.4) ? chance.between(1, 2) : 0 }, () =>
      chance.pick(strangeHeaders),
    ),
  ];
  const head = utf8ToBytes(`${line} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  const request = concatBytes(head, body);
  return chance.happens(0.1) ? mutateBytes(request, chance) : request;
}

function mutateLine(line: string, chance: Chance): string {
  const strange = chance.pick([
    '%00',
    '%',
    '%zz',
    '..',
    '//',
    '?',
    '#',
    '&after=',
    '=',
    '\u00ff',
    '-1',
    '9'.repeat(17),
  ]);
  const place = chance.below(line.length + 1);
  return chance.pick([
    line.slice(0, place) + strange + line.slice(place),
    line.slice(0, place) + line.slice(place + 1),
    line.replace(/^\w+/, chance.pick(['GET', 'PUT', 'POST', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH'])),
    line.replaceAll(/\d+/g, strange),
    line + strange,
  ]);
}

const perApp = 2_000;

/** Any request in one process: what is wrong is refused with a problem document, and nothing is a 5xx. // SRV-1 */
export function createRequestsTarget(): Target {
  let served = 0;
  let server: TestApp = createTestApp();
  const startAnew = async (): Promise<void> => {
    server = createTestApp();
    const stored = await server.send('PUT', `/v1/chunks/${name}`, { body: new Uint8Array(chunk) });
    assert.equal(stored.status, 201);
  };
  return {
    name: 'requests',
    share: 0.3,
    make: (chance) => makeRequest('127.0.0.1', chance),
    read: async (input) => {
      // What is stored stays small, and one input that breaks is seldom one of thousands.
      if (served % perApp === 0) await startAnew();
      served += 1;
      const request = parseRequest(input);
      if (request === null) return;
      const answer = await server.app.fetch(request, inProcess);
      if (answer.headers.get('content-type') === 'text/event-stream') await answer.body?.cancel();
      else await assertFair(answer, request.method);
    },
  };
}

async function assertFair(answer: Response, method: string): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  assert.ok(answer.status < 500, `${answer.status}: ${body}`);
  assert.equal(answer.headers.get('dataans'), '1');
  const length = answer.headers.get('content-length');
  if (method !== 'HEAD' && length !== null) assert.equal(body.length, Number(length));
  if (answer.status < 400 || method === 'HEAD') return;
  assert.equal(answer.headers.get('content-type'), problemMediaType);
  assert.equal(parseProblem(JSON.parse(body))?.status, answer.status);
}

/** `null` where the runtime itself makes no request of it. */
function parseRequest(input: Uint8Array): Request | null {
  const text = Buffer.from(input).toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...headerLines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const [method = '', path = ''] = line.split(' ');
  try {
    const headers = new Headers();
    for (const header of headerLines) {
      const colon = header.indexOf(':');
      headers.append(header.slice(0, colon), header.slice(colon + 1).trim());
    }
    const body = method === 'GET' || method === 'HEAD' ? null : input.slice(end + 4);
    return new Request(new URL(path, 'http://127.0.0.1'), { method, headers, body });
  } catch {
    return null;
  }
}
