import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { S3Place } from '../chunks/chunk-place.ts';
import { afterTest, type TestScope } from './after-test.ts';
import { sha256Hex, signatureOf } from './s3-signature.ts';

export interface S3Server {
  readonly place: S3Place;
  readonly bytesByKey: Map<string, Buffer>;
  /** The methods that were asked for, in order, those that failed among them. */
  readonly requests: string[];
  /** What it answers to the next requests instead of doing them: a status, nothing at all and an end, or nothing until it lets go. */
  readonly troubles: (number | 'cut' | 'hang')[];
  /** Ends what hangs. */
  letGo(): void;
  /** Whether it knows `If-None-Match`. */
  conditions: boolean;
}

const key = { keyId: 'someone', secret: 'secret/of+someone' };
const region = 'moon-1';

/** An object store with one bucket, as strict as the best of them about signatures and hashes. */
export async function startS3Server(t: TestScope): Promise<S3Server> {
  const server = createServer((request, response) => void answer(state, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(t, () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  const endpoint = new URL(`http://127.0.0.1:${port}`);
  const hanging = new Set<Socket>();
  const state: S3Server & Hanging = {
    hanging,
    letGo: () => {
      for (const socket of hanging) socket.destroy();
      hanging.clear();
    },
    place: { endpoint, region, bucket: 'bucket', prefix: 'some/notes', ...key },
    bytesByKey: new Map(),
    requests: [],
    troubles: [],
    conditions: true,
  };
  return state;
}

interface Hanging {
  readonly hanging: Set<Socket>;
}

async function answer(
  state: S3Server & Hanging,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  state.requests.push(request.method ?? '');
  const body = Buffer.concat(await Array.fromAsync<Buffer>(request));
  const trouble = state.troubles.shift();
  if (trouble === 'cut') return void request.socket.destroy();
  if (trouble === 'hang') return void state.hanging.add(request.socket);
  if (trouble !== undefined) return refuse(response, trouble, 'SlowDown');
  const signature = /Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '')?.[1];
  if (signature !== signatureOf(request, { region, secret: state.place.secret }))
    return refuse(response, 403, 'SignatureDoesNotMatch');
  if (request.headers['x-amz-content-sha256'] !== sha256Hex(body))
    return refuse(response, 400, 'XAmzContentSHA256Mismatch');
  const { pathname, searchParams } = new URL(request.url ?? '/', state.place.endpoint);
  const [, bucket, ...path] = pathname.split('/');
  if (bucket !== state.place.bucket) return refuse(response, 404, 'NoSuchBucket');
  if (path.length === 0) return list(state, searchParams, response);
  if (request.method === 'PUT') return put(state, path.join('/'), request, body, response);
  return get(state, path.join('/'), request, response);
}

function put(
  state: S3Server,
  name: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const isConditional = request.headers['if-none-match'] === '*';
  if (isConditional && !state.conditions) return refuse(response, 501, 'NotImplemented');
  if (isConditional && state.bytesByKey.has(name)) return refuse(response, 412, 'PreconditionFailed');
  state.bytesByKey.set(name, body);
  response.writeHead(200).end();
}

function get(state: S3Server, name: string, request: IncomingMessage, response: ServerResponse): void {
  const bytes = state.bytesByKey.get(name);
  if (bytes === undefined) return refuse(response, 404, 'NoSuchKey');
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  // As some do, there is no range of nothing.
  if ((first === '' && last === '') || bytes.length === 0)
    return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes.length : Math.min(bytes.length, Number(last) + 1);
  if (start >= end) return refuse(response, 416, 'InvalidRange');
  const headers = {
    'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
    'content-length': end - start,
  };
  response.writeHead(206, headers).end(bytes.subarray(start, end));
}

function list(state: S3Server, query: URLSearchParams, response: ServerResponse): void {
  const names = [...state.bytesByKey.keys()]
    .filter((name) => name.startsWith(query.get('prefix') ?? '') && name > (query.get('start-after') ?? ''))
    .toSorted();
  const page = names.slice(0, Number(query.get('max-keys')));
  const contents = page.map(
    (name) => `<Contents><Key>${name}</Key><Size>${state.bytesByKey.get(name)?.length}</Size></Contents>`,
  );
  const isTruncated = page.length < names.length;
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${contents.join('')}</ListBucketResult>`,
    );
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<Error><Code>${code}</Code></Error>`);
}
