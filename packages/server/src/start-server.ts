import type { Server } from 'node:http';
import { answerApp, type WebApp } from '@dataans/web/served';
import type { ManyAccounts } from './accounts/accounts.ts';
import { admitAccounts } from './accounts/admit-accounts.ts';
import { createApp, type ServerApp } from './app.ts';
import { refuseToStart, type AuthOptionTexts } from './auth/define-method.ts';
import { createLoopbackAuth } from './auth/loopback.ts';
import { configureAuth, type AuthMethodName } from './auth/methods.ts';
import { createProxyCheck, type PeerRange } from './auth/peer-ranges.ts';
import { lookAfterBackups, type BackupWork } from './backups/look-after-backups.ts';
import type { Schedule } from './backups/schedule.ts';
import type { ChunkPlace } from './chunks/chunk-place.ts';
import { openKept, type Kept } from './storage/open-kept.ts';
import { systemClock, type Clock } from './clock.ts';
import { sha256 } from './hash.ts';
import { limitConnections } from './listen/connection-limits.ts';
import { toLoggedText } from './logging/logged-error.ts';
import type { DatabasePlace } from './stores/database-place.ts';
import { listen, type Listening } from './listen/listen.ts';
import { serveApp } from './listen/serve-app.ts';
import { followTlsPair, readTlsPair, type TlsPaths } from './listen/tls-pair.ts';
import { stopServing } from './listen/stop.ts';
import { silentLogger, type Logger } from './logging/logger.ts';
import { newAccountId, storesToText } from './storage/open-stores.ts';
import type { Authenticator, AuthMethod } from './auth/authenticator.ts';

const metricsHost = '127.0.0.1';

export interface ServerOptions {
  readonly dataFolder: string;
  /** Where chunks lie. Default: in files of the data folder. */
  readonly chunkPlace?: ChunkPlace;
  /** What keeps everything but chunks. Default: the data folder. */
  readonly database?: DatabasePlace | null;
  /** Whether everybody who is let in has an account of their own. Default: all have the same. */
  readonly manyAccounts?: ManyAccounts | null;
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
  /** Port of this machine alone that answers `/metrics` without a credential. Default: none. */
  readonly metricsPort?: number | null;
  /** Proxies beside those of this machine, which are believed for whom they speak. Default: none. */
  readonly proxies?: readonly PeerRange[];
  /** What is served below `/app/`. Default: no app. */
  readonly webApp?: WebApp | null;
  /** Certificate and key for TLS, read again when they change. Default: plain HTTP. */
  readonly tls?: TlsPaths | null;
  /** How the server backs itself up. Default: not at all. */
  readonly backup?: BackupPlan | null;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** How long a whole request may take to arrive, in milliseconds. Default: five minutes. */
  readonly requestTimeoutMs?: number;
}

export interface BackupPlan {
  readonly folder: string;
  readonly schedule: Schedule;
  readonly work: BackupWork;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:8000`, without a slash at the end. */
  readonly address: string;
  /** Where `/metrics` is answered without a credential, if anywhere. */
  readonly metricsAddress: string | null;
  /** SHA-256 over the files of the app; `null` without one. */
  readonly appHash: string | null;
  /** Finishes what runs, ends the event streams and closes the data folder. */
  close(): Promise<void>;
}

/** Starts a server on a data folder of its own. Throws `OperatorError` where it cannot. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, auth = 'loopback', metricsPort = null } = options;
  const { publicUrl = null, proxies = [], logger = silentLogger, clock = systemClock } = options;
  const { webApp = null } = options;
  const place = { host, publicHost: publicUrl?.host ?? null, proxies };
  const startAuth = configureAuth(auth, options.authOptions ?? {}, place);
  await using opened = new AsyncDisposableStack();
  refuseManyWithout(options);
  const stores = opened.adopt(await open(options, clock, logger), (kept) => kept.close());
  const { backup = null } = options;
  const backups = backup && (await lookAfterBackups({ ...backup, kept: stores.backupRecord, clock, logger }));
  opened.defer(() => backups?.stop());

  const stopping = new AbortController();
  const servers: Server[] = [];
  opened.defer(async () => {
    const stopped = Promise.all(servers.map(stopServing));
    stopping.abort();
    await stopped;
  });
  const tls = options.tls ?? null;
  const pair = tls === null ? null : await readTlsPair(tls);
  const listening = await listen({ host, port, tls: pair, requestTimeoutMs: options.requestTimeoutMs });
  servers.push(listening.server);
  if (tls !== null && pair !== null)
    opened.defer(followTlsPair({ paths: tls, first: pair, onChanged: listening.replaceTls, clock, logger }));
  const { tokens, keptKeys } = stores;
  const method = startAuth({
    tokens,
    keptKeys,
    clock,
    fetch,
    logger,
    port: listening.port,
    inBackground: () => {},
  });
  const authenticate = admit(method, stores, options.manyAccounts ?? {}, { clock, logger });
  const isProxy = createProxyCheck(proxies);
  const app = createApp({
    accounts: stores.accounts,
    heads: stores.heads,
    authenticate,
    authMethod: auth,
    isProxy,
    clock,
    logger,
    hash: sha256,
    publicUrl,
    webApp: webApp && ((request) => answerApp(webApp, request)),
    stopping: stopping.signal,
    storageHealth: stores.health,
    backupStatus: () => backups?.status() ?? null,
    memoryBytes: () => process.memoryUsage.rss(),
  });
  limitConnections(listening.server, isProxy, stores.accounts.areMany);
  serveApp(listening.server, app, logger);
  const metrics = metricsPort === null ? null : await serveMetrics(app, metricsPort, logger);
  if (metrics !== null) servers.push(metrics.server);

  const whileOpen = opened.move();
  return {
    address: addressOf(pair === null ? 'http' : 'https', host, listening.port),
    metricsAddress: metrics === null ? null : addressOf('http', metricsHost, metrics.port),
    appHash: webApp?.hash ?? null,
    close: () => whileOpen.disposeAsync(),
  };
}

/** Opens what the server keeps, and says so if it is new, or if nobody can sign in yet. // SRV-45, SRV-74 */
async function open(options: ServerOptions, clock: Clock, logger: Logger): Promise<Kept> {
  const { dataFolder, chunkPlace = 'files', database = null, auth, manyAccounts = null } = options;
  const place = { dataFolder, chunkPlace, database };
  const onLost = (error: Error) => logger.warn({ failure: toLoggedText(error) }, 'database connection lost');
  const kept = await openKept(place, manyAccounts !== null, { clock, onLost });
  if (kept.isNew && database === null) logger.warn({ dataFolder }, 'made a new data folder');
  if (kept.isNew && database !== null)
    logger.warn(
      { database: storesToText(place) },
      manyAccounts === null ? 'made a new log in the database' : 'the database has no accounts yet',
    );
  if (auth === 'token' && !(await kept.hasTokens()))
    logger.warn(
      { run: `dataans-server token add NAME${manyAccounts === null ? '' : ' --account ACCOUNT'}` },
      'no device can sign in before there is a token',
    );
  return kept;
}

/** With many accounts those come in who have one. */
function admit(
  { authenticate }: AuthMethod,
  { directory }: Kept,
  { enrols = false }: Partial<ManyAccounts>,
  surroundings: { readonly clock: Clock; readonly logger: Logger },
): Authenticator {
  if (directory === null) return authenticate;
  return admitAccounts(authenticate, { directory, enrols, newAccountId, ...surroundings });
}

/** Throws `OperatorError` unless the method tells one person from another. // SRV-110 */
function refuseManyWithout({ auth = 'loopback', manyAccounts = null }: ServerOptions): void {
  if (manyAccounts === null) return;
  if (auth === 'loopback')
    throw refuseToStart(
      "Refusing to start: DATAANS_AUTH=loopback doesn't tell people apart, which DATAANS_ACCOUNTS=many needs. Set DATAANS_AUTH to another method.",
    );
  if (auth === 'token' && manyAccounts.enrols)
    throw refuseToStart(
      'Refusing to start: DATAANS_ENROL=open has no effect with DATAANS_AUTH=token, because a token is made for an account. Remove DATAANS_ENROL.',
    );
}

/** Nobody but programs of this machine can reach it, so that it asks for no credential. // SRV-47 */
async function serveMetrics(app: ServerApp, port: number, logger: Logger): Promise<Listening> {
  const listening = await listen({ host: metricsHost, port, portOption: 'DATAANS_METRICS_PORT' });
  const { authenticate } = createLoopbackAuth({ port: listening.port, publicHost: null });
  serveApp(listening.server, app.metricsFor('loopback', authenticate), logger);
  return listening;
}

function addressOf(scheme: 'http' | 'https', host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
