import type { Transport, TransportRequest, TransportResponse } from '@dataans/client';
import { createNodeTransport } from '../../packages/client/src/node/transport.ts';

/** The real network, and what went over it: one line for each request. */
export function createWatchedTransport(): { readonly transport: Transport; take(): readonly string[] } {
  const transport = createNodeTransport();
  let lines: string[] = [];
  return {
    transport: (request) => {
      lines.push(describe(request));
      return transport(request);
    },
    take: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
  };
}

/** `POST /v1/operations`: method and path without a query, and without the name of a chunk. */
function describe({ method, url }: Pick<TransportRequest, 'method' | 'url'>): string {
  return `${method} ${new URL(url).pathname.replace(/\/chunks\/[0-9a-f]{64}/, '/chunks/*')}`;
}

export type Meddle = (
  line: string,
  request: TransportRequest,
  send: () => Promise<TransportResponse>,
) => Promise<TransportResponse>;

/** The real network with somebody on the line. */
export function createMeddledTransport(meddle: Meddle): Transport {
  const transport = createNodeTransport();
  return (request) => meddle(describe(request), request, () => transport(request));
}

/** The real network, on which an address leads where it is told to, request by request. */
export function createRedirectedTransport(addressOf: (request: TransportRequest) => string): Transport {
  const transport = createNodeTransport();
  return (request) => {
    const { pathname, search } = new URL(request.url);
    return transport({ ...request, url: addressOf(request) + pathname + search });
  };
}

/** An answer as a Dataans server gives it. */
export function answer(
  status: number,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
): TransportResponse {
  const all: Readonly<Record<string, string>> = { dataans: '1', ...headers };
  return {
    status,
    header: (name) => all[name] ?? null,
    body: once(typeof body === 'string' ? Buffer.from(body) : body),
  };
}

export function problem(status: number, code: string): TransportResponse {
  return answer(
    status,
    JSON.stringify({ type: 'urn:x', title: 'x', status, code, detail: 'It cannot be taken.' }),
  );
}

export async function readAll(response: TransportResponse): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The error of a connection that was cut off. */
export function cutOff(): Error {
  return Object.assign(new Error('cut off'), { code: 'ECONNRESET' });
}

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}
