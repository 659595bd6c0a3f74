import { createApp } from './app.ts';
import type { AuthOptionTexts } from './auth/define-method.ts';
import { configureAuth, type AuthMethodName } from './auth/methods.ts';
import { systemClock, type Clock } from './clock.ts';
import { sha256 } from './hash.ts';
import { listen } from './listen/listen.ts';
import { serveApp } from './listen/serve-app.ts';
import { stopServing } from './listen/stop.ts';
import { silentLogger, type Logger } from './logging/logger.ts';
import { openDataFolder } from './storage/data-folder.ts';

export interface ServerOptions {
  readonly dataFolder: string;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default: loopback. */
  readonly auth?: AuthMethodName;
  /** Options of the method, under their names in the environment. Default: none. */
  readonly authOptions?: AuthOptionTexts;
  /** The address that people reach the server under, where a proxy stands before it. Default: none. */
  readonly publicUrl?: URL | null;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** How long a whole request may take to arrive, in milliseconds. Default: five minutes. */
  readonly requestTimeoutMs?: number;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:8000`, without a slash at the end. */
  readonly address: string;
  /** Finishes what runs, ends the event streams and closes the data folder. */
  close(): Promise<void>;
}

/** Starts a server on a data folder of its own. Throws `OperatorError` where it cannot. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataFolder, host = '127.0.0.1', port = 0, auth = 'loopback' } = options;
  const { publicUrl = null, logger = silentLogger, clock = systemClock } = options;
  const publicHost = publicUrl?.host ?? null;
  const startAuth = configureAuth(auth, options.authOptions ?? {}, { host, publicHost });
  const folder = await openDataFolder(dataFolder, clock);
  if (folder.isNew) logger.warn({ dataFolder }, 'made a new data folder'); // SRV-45
  try {
    const listening = await listen(host, port, options.requestTimeoutMs);
    const stopping = new AbortController();
    const { authenticate } = startAuth({
      tokens: folder.tokens,
      keptKeys: folder.keptKeys,
      clock,
      fetch,
      logger,
      port: listening.port,
    });
    const app = createApp({
      log: folder.log,
      chunks: folder.chunks,
      authenticate,
      authMethod: auth,
      clock,
      logger,
      hash: sha256,
      publicUrl,
      stopping: stopping.signal,
      storageHealth: folder.health,
      memoryBytes: () => process.memoryUsage.rss(),
    });
    serveApp(listening.server, app, logger);
    return {
      address: `http://${host.includes(':') ? `[${host}]` : host}:${listening.port}`,
      close: async () => {
        const stopped = stopServing(listening.server);
        stopping.abort();
        await stopped;
        await folder.close();
      },
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}
