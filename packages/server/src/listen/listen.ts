import { createServer, type Server, type ServerOptions as ServerSettings } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { OperatorError } from '../operator-error.ts';
import type { TlsPair } from './tls-pair.ts';
import { errorText, isErrorCode } from '../system-error.ts';

/**
 * Longer than proxies keep an idle connection (cloudflared for 90 seconds, Caddy for two minutes), so that they are
 * the ones to close it: a request into one that we are closing is lost, and its caller gets a 502. // SRV-46
 */
const keepAliveTimeoutMs = 130_000;

/** How long the headers of a request may take, from the first moment of a connection on. // SRV-40 */
const headersTimeoutMs = 10_000;

/** How long a whole request may take to arrive: the largest one needs 3.5 kB/s. // SRV-40 */
const requestMs = 300_000;

/** How often connections are looked at for requests that take too long. */
const timeoutCheckMs = 5_000;

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What the port is called where somebody can change it. Default: DATAANS_PORT. */
  readonly portOption?: string;
  /** What TLS shows and signs with. Default: plain HTTP. */
  readonly tls?: TlsPair | null;
  /** Default: five minutes. */
  readonly requestTimeoutMs?: number | undefined;
}

/** A listening server, and the port that it got. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** What the connections from now on are shown. Nothing without TLS. */
  replaceTls(pair: TlsPair): void;
}

/** Listens. Give the server its request handler in the same turn: no request arrives before that. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { host, port, portOption = 'DATAANS_PORT', requestTimeoutMs: requestTimeout = requestMs } = options;
  const settings = {
    keepAliveTimeout: keepAliveTimeoutMs,
    requestTimeout,
    headersTimeout: Math.min(headersTimeoutMs, requestTimeout),
    connectionsCheckingInterval: Math.min(timeoutCheckMs, requestTimeout),
    // Node would answer without a word; ours says what is wrong. // SRV-1
    requireHostHeader: false,
  };
  const { server, replaceTls } = create(settings, options.tls ?? null);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    throw new OperatorError(refusalSentence(error, host, port, portOption), { cause: error });
  }
  server.off('error', reject);
  const address = server.address();
  // Only a pipe has an address that is a text, and only a closed server has none.
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return { server, port: address.port, replaceTls };
}

function create(settings: ServerSettings, tls: TlsPair | null): Pick<Listening, 'server' | 'replaceTls'> {
  if (tls === null) return { server: createServer(settings), replaceTls: () => {} };
  const { cert, key } = tls;
  const server = createTlsServer({ ...settings, cert, key, handshakeTimeout: headersTimeoutMs });
  return { server, replaceTls: (next) => server.setSecureContext({ cert: next.cert, key: next.key }) };
}

function refusalSentence(error: unknown, host: string, port: number, portOption: string): string {
  if (isErrorCode(error, 'EADDRINUSE'))
    return `Port ${port} on ${host} is already in use. Stop the other program, or set ${portOption} to another port (0 picks a free one).`;
  if (isErrorCode(error, 'EACCES'))
    return `This user isn't allowed to listen on port ${port}. Set ${portOption} to 1024 or higher.`;
  if (isErrorCode(error, 'EADDRNOTAVAIL') || isErrorCode(error, 'ENOTFOUND'))
    return `This machine doesn't have the address ${host}. Set DATAANS_HOST to one it has.`;
  return `Can't listen on ${host}, port ${port} (${errorText(error)}). Check DATAANS_HOST and ${portOption}.`;
}
