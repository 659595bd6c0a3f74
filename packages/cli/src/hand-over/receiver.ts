import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { handOverTokenCharactersMax, type HandedOver } from '@dataans/core';
import { answerHeaders, answerPage } from './answer-page.ts';
import { isFault, judgePost, readForm, type Expected, type Fault } from './judge-post.ts';

/** Waits on a loopback port for the one form that knows the state. */
export interface Receiver {
  readonly port: number;
  /** Once: what comes later is refused. Never rejects; open for as long as nobody closes. */
  readonly handedOver: Promise<HandedOver>;
  close(): Promise<void>;
}

/** Base64 and the like is longer in a form than in a header. */
const formBytesMax = 2 * handOverTokenCharactersMax + 1_024;
const slowestRequestMs = 10_000;
const connectionsMax = 16;

/** Listens on 127.0.0.1 and any free port. // HND-5, HND-6 */
export async function startReceiver(expected: Omit<Expected, 'port'>): Promise<Receiver> {
  const { promise, resolve } = Promise.withResolvers<HandedOver>();
  let port = 0;
  let isUsed = false;
  const server = createServer(
    { requestTimeout: slowestRequestMs, headersTimeout: slowestRequestMs },
    (request, response) => {
      void judge(request, { ...expected, port }).then((judged) => {
        if (judged === null) return void response.destroy();
        if (isFault(judged)) return refuse(response, judged);
        if (isUsed) return refuse(response, usedUp);
        isUsed = true;
        response.once('close', () => resolve(judged));
        response.writeHead(200, answerHeaders).end(handedOverPage);
      });
    },
  );
  server.maxConnections = connectionsMax;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address !== null && typeof address === 'object') ({ port } = address);
  return {
    port,
    handedOver: promise,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What a request hands over, or why it does not; `null` where its sender has gone. */
async function judge(request: IncomingMessage, expected: Expected): Promise<HandedOver | Fault | null> {
  const { method = '', url: path = '', headers } = request;
  const fault = judgePost(
    {
      method,
      path,
      host: headers.host ?? null,
      origin: headers.origin ?? null,
      contentType: headers['content-type'] ?? null,
    },
    expected,
  );
  if (fault !== null) return fault;
  try {
    const body = await readBody(request);
    return body === null
      ? { status: 413, sentence: 'This is too much for a token.' }
      : readForm(body, expected.state);
  } catch {
    return null;
  }
}

/** `null` where it is larger than a form with a token can be. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  // Without an encoding a stream gives bytes.
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > formBytesMax) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function refuse(response: ServerResponse, { status, sentence }: Fault): void {
  response.writeHead(status, answerHeaders).end(answerPage('Not accepted', sentence));
}

const usedUp: Fault = { status: 403, sentence: 'The command has its answer already.' };

const handedOverPage = answerPage(
  'Handed over',
  'The command on this machine is let in now. You can close this window and go back to your terminal.',
);
