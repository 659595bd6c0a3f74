import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Transport, TransportRequest, TransportResponse } from '../platform/transport.ts';

const socketsMax = 8;

/** The network by way of Node's own HTTP client: it sends no header beyond those that are needed. */
export function createNodeTransport(): Transport {
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: socketsMax }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: socketsMax }),
  };
  return async (request) => {
    const outgoing = begin(request, agents);
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      outgoing.on('error', reject);
    });
    outgoing.end(request.body ?? undefined);
    return readable(await answered);
  };
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

function begin({ method, url, headers, body, signal }: TransportRequest, agents: Agents): ClientRequest {
  const sized = body === null ? headers : { ...headers, 'content-length': body.length };
  return url.startsWith('https:')
    ? requestHttps(url, { method, headers: sized, signal, agent: agents.https })
    : requestHttp(url, { method, headers: sized, signal, agent: agents.http });
}

function readable(message: IncomingMessage): TransportResponse {
  return {
    status: message.statusCode ?? 0,
    header: (name) => {
      const value = message.headers[name];
      return value === undefined ? null : String(value);
    },
    body: message,
  };
}
