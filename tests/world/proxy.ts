import { mkdirSync, openSync, closeSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { findRequestLines } from './request-lines.ts';
import type { World } from './world.ts';

/** A loopback relay in front of a server, which knows every request that passed and may keep every byte. */
export interface Proxy {
  /** The server has to know it as its `DATAANS_PUBLIC_URL`, else it refuses the name. */
  readonly address: string;
  relayTo(server: string): void;
  /** First lines such as `PUT /v1/chunks/…`, in the order in which they passed. */
  requests(): readonly string[];
  /** Waits until so many requests with this beginning have passed in all. */
  waitForRequests(beginning: string, count: number): Promise<void>;
}

export interface ProxyOptions {
  /** Gets one file for each direction of each connection. */
  readonly recordIn?: string;
}

export async function startProxy(world: World, options: ProxyOptions = {}): Promise<Proxy> {
  let target = { hostname: '127.0.0.1', port: '0' };
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const waiting = new Set<() => void>();
  let connections = 0;
  const server = createServer((near) => {
    connections += 1;
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    const findRequests = findRequestLines();
    near.on('data', (bytes: Buffer) => {
      const found = findRequests(bytes);
      requests.push(...found);
      if (found.length > 0) for (const look of waiting) look();
    });
    if (options.recordIn !== undefined) {
      const name = String(connections).padStart(4, '0');
      record(near, options.recordIn, `${name}-sent`);
      record(far, options.recordIn, `${name}-received`);
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.defer(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new TypeError('No port.');
  return {
    address: `http://127.0.0.1:${listening.port}`,
    relayTo: (address) => {
      target = new URL(address);
    },
    requests: () => requests,
    waitForRequests: (beginning, count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = (): void => {
        if (requests.filter((line) => line.startsWith(beginning)).length >= count) resolve();
      };
      waiting.add(look);
      look();
      return promise.finally(() => waiting.delete(look));
    },
  };
}

function record(from: Socket, folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, name), 'w');
  from.on('data', (bytes: Buffer) => writeSync(file, bytes));
  from.once('close', () => {
    closeSync(file);
  });
}
