import {
  Agent as HttpAgent,
  request as requestHttp,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { readProxies } from '@dataans/client/node';
import type { Environment } from '../surroundings.ts';

export interface PassOnDependencies {
  /** Without a slash at the end. */
  readonly server: string;
  /** What this device says to be let in: for requests that bring nothing of their own. */
  readonly heldAccess: () => Readonly<Record<string, string>>;
  /** May name proxies. */
  readonly environment: Environment;
}

/** Lets the server answer a request, streaming both ways. */
export type PassOn = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** What a page of the app says to its server; everything else is about this hop, or says where the page is from. */
const passedRequestHeaders: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'content-length',
  'content-type',
  'if-match',
  'if-none-match',
  'range',
  'x-requested-with',
]);
/** About one hop, or about this server's origin. */
const keptBack: ReadonlySet<string> = new Set([
  'alt-svc',
  'connection',
  'keep-alive',
  'set-cookie',
  'strict-transport-security',
  'transfer-encoding',
]);

export function createPassOn({ server, heldAccess, environment }: PassOnDependencies): PassOn {
  const options = { keepAlive: true, proxyEnv: readProxies(environment) };
  const agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  return (incoming, outgoing) => {
    const { method, url = '/' } = incoming;
    const target = new URL(server + url);
    const headers = { ...requestHeaders(incoming), ...(incoming.headers.authorization ? {} : heldAccess()) };
    const asked =
      target.protocol === 'https:'
        ? requestHttps(target, { method, headers, agent: agents.https })
        : requestHttp(target, { method, headers, agent: agents.http });
    asked.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answerHeaders(answer));
      pipeline(answer, outgoing, () => undefined); // Either end may go at any time.
    });
    // To the app it is as if the server itself couldn't be reached.
    asked.on('error', () => outgoing.destroy());
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  };
}

function requestHeaders({ headers, rawHeaders }: IncomingMessage): OutgoingHttpHeaders {
  const own = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const ours = own.filter((name) => name.startsWith('dataans-') || passedRequestHeaders.has(name));
  return Object.fromEntries(ours.map((name) => [name, headers[name]]));
}

function answerHeaders({ headers }: IncomingMessage): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !keptBack.has(name)));
}
