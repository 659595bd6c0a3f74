import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TlsIdentity } from './tls-identity.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** One origin of the edge: a port on loopback. */
export interface Listener {
  readonly port: number;
  answerWith(answer: Answer): void;
  close(): Promise<void>;
}

export async function openListener(port: number, tls: TlsIdentity | null): Promise<Listener> {
  const server = tls === null ? createServer() : createTlsServer({ key: tls.key, cert: tls.cert });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No port.');
  return {
    port: address.port,
    answerWith: (answer) => {
      server.on('request', (request: IncomingMessage, response: ServerResponse) => {
        void answerOne(answer, request, response);
      });
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answerOne(answer: Answer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await answer(request, response);
  } catch (error) {
    // A caller who went away is no fault of the edge.
    if (!request.destroyed) console.error(error);
    response.destroy();
  }
}
