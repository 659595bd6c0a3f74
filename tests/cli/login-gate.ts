import { once } from 'node:events';
import { createServer, request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A login that stands before a server: it lets in whoever has a token in force, and answers the server itself. */
export interface LoginGate {
  readonly address: string;
  /** Only these let anybody in from now on. */
  letIn(...tokens: readonly string[]): void;
  /** Another server stands behind it from now on. */
  passTo(server: string): void;
  /** What follows a refusal: the status that programs are promised, or the redirect that others answer. */
  answerWith(status: 302 | 401): void;
  /** Where a redirect leads to; counts who followed it. */
  followed(): number;
  close(): Promise<void>;
}

export async function startLoginGate(first: string): Promise<LoginGate> {
  let server = first;
  let tokens: readonly string[] = [];
  let status = 401;
  let followed = 0;
  const gate = createServer((request, response) => {
    if (request.url === '/login') {
      followed += 1;
      response.end('<h1>Who are you?</h1>');
    } else if (tokens.some((token) => token === request.headers['cf-access-token']))
      pass(server, request, response);
    else
      response.writeHead(status, { 'content-type': 'text/html', location: '/login' }).end('<h1>Login</h1>');
  });
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  // An address of a listening TCP server.
  const { port } = gate.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    letIn: (...given) => {
      tokens = given;
      gate.closeAllConnections(); // As event streams end with the session.
    },
    passTo: (given) => {
      server = given;
    },
    answerWith: (given) => {
      status = given;
    },
    followed: () => followed,
    close: async () => {
      gate.close();
      gate.closeAllConnections();
      await once(gate, 'close');
    },
  };
}

function pass(server: string, request: IncomingMessage, response: ServerResponse): void {
  const { 'cf-access-token': _token, ...headers } = request.headers;
  const onward = requestHttp(
    new URL(request.url ?? '/', server),
    { method: request.method, headers: { ...headers, host: new URL(server).host }, agent: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
