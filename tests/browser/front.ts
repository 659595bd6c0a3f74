import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

/** Serves a folder, and everything below `/v1/` from the server behind it, under one origin. */
export interface Front {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  /** Where requests below `/v1/` go from now on. */
  forwardTo(server: string): void;
  close(): Promise<void>;
}

const mediaTypeByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** What the real server will say for the web app; the test shows that the client can live with it. */
const contentSecurityPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

export async function startFront(folder: string): Promise<Front> {
  let server: string | null = null;
  const http = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/v1/') === true && server !== null) forward(server, incoming, outgoing);
    else void serveFile(folder, incoming.url ?? '/', outgoing);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const bound = http.address();
  if (bound === null || typeof bound === 'string') throw new Error('The front has no port.');
  return {
    address: `http://127.0.0.1:${bound.port}`,
    forwardTo: (address) => {
      server = address;
    },
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}

/** As a proxy that keeps the `Host`: the server is told its public address. */
function forward(server: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers, url } = incoming;
  const target = new URL(url ?? '/', server);
  const passed = request(target, { method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
}

async function serveFile(folder: string, url: string, outgoing: ServerResponse): Promise<void> {
  const { pathname } = new URL(url, 'http://front');
  const path = join(folder, pathname === '/' ? 'index.html' : pathname);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) {
    outgoing.writeHead(404).end();
    return;
  }
  outgoing.writeHead(200, {
    'Content-Type': mediaTypeByExtension[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': contentSecurityPolicy,
  });
  createReadStream(path).pipe(outgoing);
}
