import { request as askOrigin, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream';
import { answerPage } from './pages.ts';

/** Belong to one connection, and so end here. */
const hopHeaders: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Only ever the edge's own. */
const edgeHeaders: ReadonlySet<string> = new Set([
  'cf-access-jwt-assertion',
  'cf-access-authenticated-user-email',
  'cf-connecting-ip',
  'cf-ray',
  'cf-visitor',
  'cdn-loop',
  'x-forwarded-proto',
]);

export interface Forwarding {
  /** Where the application listens. */
  readonly origin: string;
  readonly isTls: boolean;
  /** Go to the application beside what the caller sent. */
  readonly added: Readonly<Record<string, string>>;
  /** Of those that are the edge's: this one of the caller's goes on nevertheless. */
  readonly kept: string | null;
  /** Goes to the caller beside what the application answers. */
  readonly cookie: string | null;
}

/** Streams a request to the application and its answer back, each as it comes. */
export function forward(incoming: IncomingMessage, outgoing: ServerResponse, how: Forwarding): void {
  const { hostname, port } = new URL(how.origin);
  const headers = [...passedHeaders(incoming, how.kept), ...ownHeaders(incoming, how)].flat();
  const asked = askOrigin({
    hostname,
    port,
    method: incoming.method,
    path: incoming.url,
    headers,
    setHost: false,
  });
  asked.on('response', (answer) => {
    const cookie = how.cookie === null ? [] : ['set-cookie', how.cookie];
    outgoing.writeHead(answer.statusCode ?? 502, [...answerHeaders(answer).flat(), ...cookie]);
    outgoing.flushHeaders();
    pipeline(answer, outgoing, () => asked.destroy());
  });
  incoming.pipe(asked);
  asked.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else answerPage(outgoing, 502, 'Bad gateway', 'The origin of this application does not answer.');
  });
  outgoing.on('close', () => asked.destroy());
}

type HeaderPair = readonly [name: string, value: string];

function passedHeaders(incoming: IncomingMessage, kept: string | null): readonly HeaderPair[] {
  return headerPairs(incoming).filter(([name]) => {
    const known = name.toLowerCase();
    return !hopHeaders.has(known) && (known === kept || !edgeHeaders.has(known));
  });
}

function ownHeaders(incoming: IncomingMessage, { isTls, added }: Forwarding): readonly HeaderPair[] {
  const scheme = isTls ? 'https' : 'http';
  const peer = incoming.socket.remoteAddress ?? '';
  const isChunked = incoming.headers['transfer-encoding'] !== undefined;
  return [
    ...Object.entries(added),
    ['Cf-Connecting-Ip', peer],
    ['X-Forwarded-For', peer],
    ['X-Forwarded-Proto', scheme],
    ['Cf-Visitor', JSON.stringify({ scheme })],
    ['Cf-Ray', `${randomBytes(8).toString('hex')}-KBP`],
    ['Cdn-Loop', 'cloudflare; loops=1'],
    ...(isChunked ? [['Transfer-Encoding', 'chunked'] as const] : []),
  ];
}

function answerHeaders(answer: IncomingMessage): readonly HeaderPair[] {
  const passed = headerPairs(answer).filter(([name]) => !hopHeaders.has(name.toLowerCase()));
  return [...passed.filter(([name]) => name.toLowerCase() !== 'server'), ['Server', 'cloudflare']];
}

function headerPairs({ rawHeaders }: IncomingMessage): readonly HeaderPair[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[index * 2] ?? '',
    rawHeaders[index * 2 + 1] ?? '',
  ]);
}
