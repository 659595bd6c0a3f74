import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { finished } from 'node:stream';
import { handOverTokenCharactersMax } from '@dataans/core';
import { answerHeaders, answerPage } from './answer-page.ts';
import { judgePost, readForm, type Expected, type Fault } from './judge-post.ts';

/** Waits on a loopback port for forms that know the state, until somebody takes one. */
export interface Receiver {
  readonly port: number;
  close(): Promise<void>;
}

/** Judges what is sealed in a form: `null` if it is what was waited for. One at a time. */
export type TakeSealed = (sealed: string) => Promise<Fault | null>;

export interface ReceiverOptions extends Omit<Expected, 'port'> {
  readonly take: TakeSealed;
  /** Called when the person has been told that their form was taken. */
  readonly onTaken: () => void;
}

/** Sealed and in base64url a token is half as long again, with some bytes around it. */
const formBytesMax = 2 * handOverTokenCharactersMax + 1_024;
const slowestRequestMs = 10_000;
const connectionsMax = 16;

/** Listens on 127.0.0.1 and any free port. // HND-5, HND-6 */
export async function startReceiver({ take, onTaken, ...expected }: ReceiverOptions): Promise<Receiver> {
  let port = 0;
  let judging: Promise<unknown> = Promise.resolve();
  let isTaken = false;
  /** The right form is still waited for after any other, so nobody spends the one answer by being first. */
  const judgeSealed = async (sealed: string): Promise<Fault | null> => {
    if (isTaken) return usedUp;
    const fault = await take(sealed);
    isTaken = fault === null;
    return fault;
  };
  const server = createServer(
    {
      requestTimeout: slowestRequestMs,
      headersTimeout: slowestRequestMs,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      void readSealed(request, { ...expected, port }).then(async (sealed) => {
        if (sealed === null) return void response.destroy();
        if (typeof sealed !== 'string') return refuse(response, sealed);
        const judged = judging.then(() => judgeSealed(sealed));
        judging = judged;
        const fault = await judged;
        if (fault !== null) return refuse(response, fault);
        finished(response, onTaken); // Also if the person has left already.
        response.writeHead(200, answerHeaders).end(handedOverPage);
      });
    },
  );
  dropIdleCrowd(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address !== null && typeof address === 'object') ({ port } = address);
  return {
    port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Makes room for the newest connection by ending the oldest: a browser sends its form at once, and whoever holds
 * connections open without a word is not one. // HND-6
 */
function dropIdleCrowd(server: ReturnType<typeof createServer>): void {
  const waiting = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    const [oldest] = waiting;
    if (waiting.size >= connectionsMax) oldest?.destroy();
    waiting.add(socket);
    socket.once('close', () => waiting.delete(socket));
  });
}

/** What a request hands over, or why it does not; `null` where its sender has gone. */
async function readSealed(request: IncomingMessage, expected: Expected): Promise<string | Fault | null> {
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
      ? { status: 413, sentence: 'This is too large for a token.' }
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

const usedUp: Fault = { status: 403, sentence: 'The command already has its answer. Close this page.' };

const handedOverPage = answerPage(
  'You’re signed in',
  'You can close this window and return to your terminal.',
);
