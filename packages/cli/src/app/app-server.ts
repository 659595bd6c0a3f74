import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { answerApp, type WebApp } from '@dataans/web/served';
import { isForApp, isFromApp } from './judge-caller.ts';
import type { PassOn } from './pass-on.ts';

const root = '/app/';

export interface AppServer {
  /** Such as `http://127.0.0.1:8010`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the app to this machine's browsers, and lets a server elsewhere answer what it asks. // CLI-14 */
export async function startAppServer(app: WebApp, passOn: PassOn, port: number): Promise<AppServer> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const taken = portOf(server);
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/v1/')) {
      if (isFromApp(incoming.headers, taken)) passOn(incoming, outgoing);
      else refuse(outgoing, 403, 'Only the app on this machine may ask this.');
      return;
    }
    if (!isForApp(incoming.headers, taken))
      return refuse(outgoing, 403, 'This is not the address of the app.');
    if (pathname === '/' || pathname === '/app') {
      outgoing.writeHead(302, { location: root }).end();
      return;
    }
    answerFile(app, pathname, incoming, outgoing);
  });
  return {
    address: `http://127.0.0.1:${taken}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function answerFile(
  app: WebApp,
  pathname: string,
  { method, headers }: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const isRead = method === 'GET' || method === 'HEAD';
  const answer =
    isRead && pathname.startsWith(root)
      ? answerApp(app, {
          path: pathname.slice(root.length),
          header: (name) => headers[name]?.toString() ?? null,
        })
      : null;
  if (answer === null) return refuse(outgoing, isRead ? 404 : 405, 'The app has no such file.');
  outgoing.writeHead(answer.status, { ...answer.headers, 'x-content-type-options': 'nosniff' });
  outgoing.end(method === 'HEAD' ? null : answer.body);
}

function refuse(outgoing: ServerResponse, status: number, why: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${why}\n`);
}

function portOf(server: Server): number {
  const address = server.address();
  // Only a pipe has an address that is a text, and only a closed server has none.
  if (address === null || typeof address === 'string') throw new TypeError('The app has no port.');
  return address.port;
}
