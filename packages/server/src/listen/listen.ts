import { createServer, type Server } from 'node:http';
import { OperatorError } from '../operator-error.ts';
import { errorText, isErrorCode } from '../system-error.ts';

/** Longer than proxies and clients keep an idle connection, so that they are the ones to close it. */
const keepAliveTimeoutMs = 65_000;

/** How long a whole request may take to arrive: the largest one needs 3.5 kB/s. // SRV-40 */
const requestTimeoutMs = 300_000;

/** How often connections are looked at for requests that take too long. */
const timeoutCheckMs = 30_000;

/** A listening server, and the port that it got. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/**
 * Listens; 0 takes any free port. Give the server its request handler in the same turn: no request
 * arrives before that.
 */
export async function listen(
  host: string,
  port: number,
  requestTimeout: number = requestTimeoutMs,
): Promise<Listening> {
  const server = createServer({
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout,
    connectionsCheckingInterval: Math.min(timeoutCheckMs, requestTimeout),
    // Node would answer without a word; ours says what is wrong. // SRV-1
    requireHostHeader: false,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    throw new OperatorError(refusalSentence(error, host, port), { cause: error });
  }
  server.off('error', reject);
  const address = server.address();
  // Only a pipe has an address that is a text, and only a closed server has none.
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return { server, port: address.port };
}

function refusalSentence(error: unknown, host: string, port: number): string {
  if (isErrorCode(error, 'EADDRINUSE'))
    return `Port ${port} of ${host} is taken: stop what listens there, or set DATAANS_PORT to another port (0 takes any free one).`;
  if (isErrorCode(error, 'EACCES'))
    return `This user may not listen on port ${port}: set DATAANS_PORT to one from 1024 on.`;
  if (isErrorCode(error, 'EADDRNOTAVAIL') || isErrorCode(error, 'ENOTFOUND'))
    return `This machine has no address ${host}: set DATAANS_HOST to one that it has.`;
  return `Listening on ${host} port ${port} failed (${errorText(error)}): check DATAANS_HOST and DATAANS_PORT.`;
}
