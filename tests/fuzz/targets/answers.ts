import assert from 'node:assert/strict';
import {
  bytesToUtf8,
  concatBytes,
  DataansError,
  encodeFrames,
  hexToBytes,
  statusByProblemCode,
  utf8ToBytes,
  type ChunkName,
  type LogId,
  type OperationId,
} from '@dataans/core';
import { createServerConnection } from '../../../packages/client/src/connection/server-connection.ts';
import { createHastyClock } from '../../../packages/client/src/connection/scripted-server.fixture.ts';
import type { Chance } from '../../world/chance.ts';
import { vectors } from '../../vectors/vector-files.ts';
import { mutateBytes } from '../mutate/bytes.ts';
import type { Json } from '../mutate/json.ts';
import { varyBytes, varyJson } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

type Connection = ReturnType<typeof createServerConnection>;

const chain = 'ab'.repeat(32);
const id = '43effdb3-b478-4784-b097-4fc2b34313cc' as OperationId;
const log = id as string as LogId; // Every id has this form.
const name = chain as ChunkName; // So has every name of a chunk.
const limits = {
  batchOperationsMax: 1,
  batchBytesMax: 1,
  envelopeBytesMax: 1,
  chunkBytesMax: 1,
  accountBytesMax: 1,
  missingNamesMax: 1,
};

interface Ask {
  readonly ask: (connection: Connection) => Promise<unknown>;
  readonly body: (chance: Chance) => Uint8Array;
}

const json =
  (...valid: readonly Json[]) =>
  (chance: Chance) =>
    varyJson(valid, chance);
const frames = vectors.frames.valid.map(({ encoded }) => hexToBytes(encoded) ?? new Uint8Array());
const event = (head: Json): Uint8Array => utf8ToBytes(`:\n\nevent: head\ndata: ${JSON.stringify(head)}\n\n`);

/** All that a device asks a server. */
const asks: Readonly<Record<string, Ask>> = {
  log: {
    ask: (connection) => connection.readLog(),
    body: json({ server: 'dataans', protocol: { min: 1, max: 1 }, log, head: 7, chain, limits }),
  },
  account: {
    ask: (connection) => connection.readAccount(),
    body: json(...vectors.account.valid.map(({ record }) => record as Json)),
  },
  page: {
    ask: (connection) => connection.readPage({ log, after: 3, chain: new Uint8Array(32), limit: 1_000 }),
    body: (chance) => varyBytes(frames, chance),
  },
  position: { ask: (connection) => connection.chainAt(4), body: json({ seq: 4, chain }) },
  append: {
    ask: (connection) => connection.append(log, encodeFrames([])),
    body: json({ before: 1, head: 2, chain, already: [0] }),
  },
  'missing-operations': {
    ask: (connection) => connection.missingOperations([id]),
    body: json({ ids: [id] }),
  },
  'missing-chunks': {
    ask: (connection) => connection.missingChunks(log, [name]),
    body: json({ names: [name] }),
  },
  'put-chunk': {
    ask: (connection) => connection.putChunk(log, name, new Uint8Array(40)),
    body: () => new Uint8Array(),
  },
  chunk: {
    ask: (connection) => connection.readChunk(name),
    body: (chance) => chance.bytes(chance.below(100)),
  },
  heads: {
    ask: async (connection) => Array.fromAsync(connection.heads(new AbortController().signal)),
    body: (chance) => varyBytes([event({ head: 3, chain }), event({ head: 4, chain: 'x' })], chance),
  },
};

const problem = (code: string, status: number): Json => ({
  type: `urn:dataans:problem:${code}`,
  title: 'A title',
  status,
  code,
  detail: 'What was wrong.\nWhat to do.',
});
const problems = Object.entries(statusByProblemCode).map(([code, status]) => problem(code, status));

/**
 * Any answer at all to any question of a device: it has what it asked for, or an error with a code and one
 * line for a person. An input is the question, the status, the headers, an empty line and the body.
 */
export const answersTarget: Target = {
  name: 'answers',
  share: 0.3,
  make: (chance) => {
    const question = chance.pick(Object.keys(asks));
    const isProblem = chance.happens(0.3);
    const status = isProblem ? chance.pick(Object.values(statusByProblemCode)) : chance.pick(statuses);
    const body = isProblem ? varyJson(problems, chance) : (asks[question]?.body(chance) ?? new Uint8Array());
    const headers = Array.from({ length: chance.below(4) }, () => chance.pick(headerLines));
    const lines = [question, String(status), ...(chance.happens(0.9) ? ['dataans: 1'] : []), ...headers, ''];
    const input = concatBytes(utf8ToBytes(lines.join('\n') + '\n'), body);
    return chance.happens(0.1) ? mutateBytes(input, chance) : input;
  },
  read: async (input) => {
    const { question, status, headers, body } = parseAnswer(input);
    const asked = asks[question] ?? asks['log'];
    const connection = createServerConnection({
      address: 'http://127.0.0.1:8000',
      transport: async () => ({ status, header: (header) => headers.get(header) ?? null, body: cut(body) }),
      clock: createHastyClock(),
      randomness: () => 0,
      access: () => ({ kind: 'none' }),
    });
    try {
      await asked?.ask(connection);
    } catch (error) {
      if (!(error instanceof DataansError)) throw error;
      assert.doesNotMatch(error.message + error.advice, /\p{Cc}/u);
      assert.ok(error.message.length < 1_000);
    }
    const offsetMs = connection.clockOffsetMs();
    assert.ok(offsetMs === null || Number.isFinite(offsetMs));
  },
};

const statuses = [
  200, 200, 200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 409, 429, 500, 503, 599, 0,
];

const headerLines = [
  'dataans-head: 7',
  'dataans-head: 99999999999999999999',
  'dataans-head: -1',
  'dataans-head: 0x10',
  'dataans-head: ',
  'dataans: 2',
  'etag: W/"x"',
  'location: https://127.0.0.1:8000',
  'location: //',
  'location: http://[',
  'date: Mon, 23 Nov 2026 05:00:00 GMT',
  'date: Mon, 99 Nov 999999 05:00:00 GMT',
  'date: now',
  'retry-after: 1e9',
  'content-length: -5',
  'content-type: text/html',
  'content-type: application/problem+json',
];

function parseAnswer(input: Uint8Array) {
  const end = Buffer.from(input).indexOf('\n\n');
  const head = end < 0 ? input : input.subarray(0, end);
  const [question = '', status = '', ...lines] = (bytesToUtf8(head) ?? '').split('\n');
  const headers = new Map(
    lines.map((line) => {
      const [header = '', ...value] = line.split(': ');
      return [header.toLowerCase(), value.join(': ')];
    }),
  );
  const body = end < 0 ? new Uint8Array() : input.subarray(end + 2);
  return { question, status: Number.parseInt(status, 10) || 200, headers, body };
}

/** In pieces of growing sizes, as a network may cut it. */
async function* cut(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0, length = 1; start < body.length; length *= 2) {
    yield body.subarray(start, start + length);
    start += length;
  }
}
