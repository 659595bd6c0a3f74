import { ServerResponse, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { getRequestListener } from '@hono/node-server';
import { problemMediaType, serverHeader } from '@dataans/core';
import type { App } from '../answer-routes.ts';
import { toLoggedError } from '../logging/logged-error.ts';
import type { Logger } from '../logging/logger.ts';
import { problemResponse, refusalToProblem } from '../problems/problem-response.ts';
import { Refusal } from '../problems/refusal.ts';
import { isErrorCode } from '../system-error.ts';

/** What the app puts on every answer, on those that it is not asked for. // SRV-3 */
const commonHeaders = { [serverHeader]: '1', 'x-content-type-options': 'nosniff' };

const notHttp = new Refusal(
  'malformed-request',
  "The server can't read this HTTP/1.1 request. Check its first line, its headers and their size.",
  commonHeaders,
);

const noTunnel = new Refusal(
  'method-not-allowed',
  "This server isn't a proxy. Use GET, PUT or POST on its own addresses.",
  { ...commonHeaders, allow: 'GET, HEAD, PUT, POST' },
);

const tooSlow = new Refusal(
  'request-timeout',
  "The request didn't arrive in time, so nothing from it was stored. Send it again, with less at a time or over a faster connection.",
  commonHeaders,
);

/** How long an answer waits for the rest of a body that it refuses. */
const restMs = 500;

/** Answers the requests of a listening server with the app. */
export function serveApp(server: Server, app: App, logger: Logger): void {
  const answer = getRequestListener(
    async (request, { incoming, outgoing }) => {
      // The listener lets a Host pass that makes no address, such as 1.2.3.4.5. // SRV-1
      if (!URL.canParse(request.url)) return problemResponse(notHttp);
      const response = await app.fetch(request, {
        // A connection that is gone has no address any more, and must not pass for a program of this process.
        peer: incoming.socket.remoteAddress ?? 'gone',
        // A body that is refused half way must leave the connection to answer on.
        body: incoming.iterator({ destroyOnReturn: false }),
      });
      const closes = outgoing instanceof ServerResponse && !outgoing.shouldKeepAlive;
      if (closes && !incoming.complete) await takeRest(incoming);
      return response;
    },
    { errorHandler: () => problemResponse(notHttp) },
  );
  const answers = new WeakMap<Duplex, ServerResponse>();
  // Node would end both without a word. // SRV-1
  server.on('connect', (_: IncomingMessage, socket: Duplex) =>
    refuseOnSocket(socket, answers.get(socket), noTunnel),
  );
  server.on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) =>
    server.emit('request', incoming, outgoing),
  );
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answers.set(incoming.socket, outgoing);
    outgoing.once('close', () => setImmediate(() => server.listening || server.closeIdleConnections()));
    // HTTP/1.1 keeps connections alive without being told to. // SRV-3
    if (incoming.httpVersion === '1.1') outgoing.removeHeader('connection');
    answer(incoming, outgoing).catch((error: unknown) => {
      logger.error({ err: toLoggedError(error) }, 'answering failed');
      outgoing.destroy();
    });
  });
  server.on('clientError', (error: Error, socket: Duplex) => {
    const last = answers.get(socket);
    // Node looks no more at a connection that it gave up, and its sender may keep its end open for good. // SRV-40
    if (isErrorCode(error, 'ERR_HTTP_REQUEST_TIMEOUT'))
      return refuseOnSocket(socket, last, tooSlow, () => socket.destroy());
    refuseOnSocket(socket, last, notHttp);
    if (socket instanceof Socket) socket.setTimeout(server.requestTimeout, () => socket.destroy());
  });
}

/**
 * Node closes a connection that is not kept with the last byte of the answer, and bytes that come in after that take
 * the answer away from the caller. So the rest of the body comes first, unless it takes long. // SRV-5
 */
async function takeRest(incoming: Readable): Promise<void> {
  incoming.resume();
  await finished(incoming, { cleanup: true, signal: AbortSignal.timeout(restMs) }).catch(() => undefined);
}

/**
 * What never became a whole request is answered on the bare connection: unless an answer is on its
 * way there, which must not get other bytes in it.
 */
function refuseOnSocket(
  socket: Duplex,
  last: ServerResponse | undefined,
  refusal: Refusal,
  onSent?: () => void,
): void {
  const isAnswering = last !== undefined && last.headersSent && !last.writableFinished;
  if (!socket.writable || isAnswering) return void socket.destroy();
  const problem = refusalToProblem(refusal);
  const body = JSON.stringify(problem);
  const headers = Object.entries({
    connection: 'close',
    ...refusal.headers,
    'content-type': problemMediaType,
    'content-length': Buffer.byteLength(body),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${headers.join('')}\r\n${body}`,
    onSent,
  );
}
