import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { World } from './world.ts';

/** A gateway of HTTP in front of several servers. */
export interface RoundRobin {
  readonly address: string;
  /** The servers that take turns from now on. */
  relayTo(addresses: readonly string[]): void;
  /** Cuts every connection, on both sides. */
  cut(): void;
  close(): Promise<void>;
}

/** Hands requests to the servers in turn, and answers 502 for one that is not there. Port 0: any free one. */
export async function startRoundRobin(world: World, port = 0): Promise<RoundRobin> {
  let targets: readonly string[] = [];
  let turn = 0;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    turn += 1;
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://gateway');
    const url = new URL(`${targets[turn % targets.length]}${pathname}${search}`);
    const headers = { ...incoming.headers, host: url.host };
    // A connection of its own for each request: none is found dead by the next one.
    const passed = request(url, { method: incoming.method ?? 'GET', headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    passed.on('socket', keep);
    passed.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  };
  const server = createServer(pass).on('connection', keep);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    cut();
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    await closed;
  };
  world.defer(close);
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new TypeError('No port.');
  return {
    address: `http://127.0.0.1:${listening.port}`,
    relayTo: (addresses) => {
      targets = addresses;
    },
    cut,
    close,
  };
}
