import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Transport, TransportRequest, TransportResponse } from '../platform/transport.ts';
import type { Environment } from './child-environment.ts';
import { decodeBody } from './decoded-body.ts';
import { readProxies } from './proxy.ts';

const socketsMax = 8;

/**
 * The network by way of Node's own HTTP client: it sends no header beyond those that are needed.
 *
 * @param environment may name proxies. Default: there are none
 */
export function createNodeTransport(environment: Environment = {}): Transport {
  let agents: Agents | null = null;
  return async (request) => {
    agents ??= createAgents(environment);
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

function createAgents(environment: Environment): Agents {
  const options = { keepAlive: true, maxSockets: socketsMax, proxyEnv: readProxies(environment) };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

function begin({ method, url, headers, body, signal }: TransportRequest, agents: Agents): ClientRequest {
  const plain = { ...headers, 'accept-encoding': 'identity' };
  const sized = body === null ? plain : { ...plain, 'content-length': body.length };
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
    body: decodeBody(message),
  };
}
