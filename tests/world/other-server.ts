import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { World } from './world.ts';

/** What listens where a Dataans server should: gives the first bytes of each connection an answer, or none. */
export async function startOtherServer(
  world: World,
  answer: (socket: Socket) => void,
  port = 0,
): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      answer(socket);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  world.defer(stop);
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new TypeError('No port.');
  return { address: `http://127.0.0.1:${listening.port}`, stop };
}

/** A whole answer of HTTP/1.1 with this body. */
export function httpAnswer(
  status: string,
  headers: readonly string[],
  body: string,
): (socket: Socket) => void {
  const head = [
    `HTTP/1.1 ${status}`,
    'connection: close',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ].join('\r\n');
  return (socket) => socket.end(`${head}\r\n\r\n${body}`);
}
