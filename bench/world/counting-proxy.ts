import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A loopback relay in front of a server that counts every byte in either direction. */
export interface CountingProxy {
  readonly address: string;
  forwardTo(target: string): void;
  /** Bytes since the last call, headers included. */
  takeBytes(): { up: number; down: number };
  stop(): Promise<void>;
}

export async function startCountingProxy(): Promise<CountingProxy> {
  let target: URL | null = null;
  const counted = { up: 0, down: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (target === null) throw new TypeError('There is nothing to forward to yet.');
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('data', (bytes) => (counted.up += bytes.length));
    far.on('data', (bytes) => (counted.down += bytes.length));
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No port.');
  return {
    address: `http://127.0.0.1:${address.port}`,
    forwardTo(serverAddress) {
      target = new URL(serverAddress);
    },
    takeBytes() {
      const taken = { ...counted };
      counted.up = 0;
      counted.down = 0;
      return taken;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
