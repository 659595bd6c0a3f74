import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { afterTest } from './after-test.ts';

export interface RawConnection {
  readonly socket: Socket;
  write(data: string | Uint8Array): void;
  /** What arrived, once it matches. Rejects where the connection ends before that. */
  readUntil(pattern: RegExp): Promise<string>;
  /** All that arrived, once the other end is done. */
  readToEnd(): Promise<string>;
}

/** A bare connection to a server, for requests that no client would send. */
export async function connectRaw(t: TestContext, address: string): Promise<RawConnection> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  afterTest(t, () => socket.destroy());
  let received = '';
  const state = { ended: false };
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => void (received += text));
  // A reset is one way for the other end to be done.
  socket.on('error', () => {});
  socket.on('close', () => void (state.ended = true));
  socket.on('end', () => void (state.ended = true));
  await once(socket, 'connect');
  const next = () =>
    Promise.race([
      once(socket, 'data'),
      once(socket, 'end'),
      new Promise((resolve) => socket.once('close', resolve)),
    ]);
  return {
    socket,
    write: (data) => void socket.write(data),
    readUntil: async (pattern) => {
      while (!pattern.test(received)) {
        if (state.ended) throw new Error(`The connection ended after: ${received}`);
        await next();
      }
      return received;
    },
    readToEnd: async () => {
      while (!state.ended) await next();
      return received;
    },
  };
}

/** The first lines of a request as they go over the wire. */
export function requestHead(
  address: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>>,
): string {
  const lines = Object.entries({ host: new URL(address).host, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
