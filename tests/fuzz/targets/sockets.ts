import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { Target } from '../target.ts';
import { makeRequest } from './requests.ts';

/** The same requests through a real socket: the server answers or hangs up, never with a 5xx. */
export function createSocketsTarget(address: string): Target {
  const { host, port } = new URL(address);
  return {
    name: 'sockets',
    share: 0.05,
    make: (chance) => makeRequest(host, chance),
    read: async (input) => {
      for (const [, status] of (await send(Number(port), input)).matchAll(/^HTTP\/1\.1 (\d{3}) /gm))
        assert.ok(Number(status) < 500, `${status}`);
    },
  };
}

/** All that comes back until the server hangs up; an event stream is left once it has begun. */
function send(port: number, request: Uint8Array): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let received = '';
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
    if (received.includes('text/event-stream')) socket.destroy();
  });
  // It may hang up before it has read everything.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    resolve(received);
  });
  socket.end(request);
  return promise;
}
