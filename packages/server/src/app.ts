import { Hono } from 'hono';
import { serverHeader, type Hash } from '@dataans/core';
import type { Authenticator, AuthMethod, Caller } from './auth/authenticator.ts';
import { refuseCrossSite } from './auth/cross-site.ts';
import { createDoor, type Door } from './callers/door.ts';
import type { ChunkStore } from './chunks/chunk-store.ts';
import type { Clock } from './clock.ts';
import { sha256 } from './hash.ts';
import type { LogStore } from './log/log-store.ts';
import { toLoggedError } from './logged-error.ts';
import { silentLogger, type Logger } from './logger.ts';
import { createCallerCounts, type CallerCounts } from './metrics/caller-counts.ts';
import { createRequestMetrics, type RequestMetrics } from './metrics/request-metrics.ts';
import { errorToRefusal, problemResponse } from './problems/problem-response.ts';
import { Refusal } from './problems/refusal.ts';
import { accountRoutes } from './routes/account.ts';
import { chunksRoutes } from './routes/chunks.ts';
import { eventsRoutes } from './routes/events.ts';
import { handOverRoutes } from './routes/hand-over.ts';
import { healthRoutes } from './routes/health.ts';
import { logRoutes } from './routes/log.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { operationsRoutes } from './routes/operations.ts';
import type { Call, Connection, Route, ServerEnv } from './routes/route.ts';
import { sessionRoutes } from './routes/session.ts';
import { welcomeRoutes } from './routes/welcome.ts';
import type { StorageHealth } from './stores/storage-health.ts';
import { version } from './version.ts';

export interface AppDependencies {
  readonly log: LogStore;
  readonly chunks: ChunkStore;
  readonly authenticate: Authenticator;
  /** What the configuration calls the method that knows callers, for log lines and metrics. Default: loopback. */
  readonly authMethod?: string;
  /** Which credential of a browser the command line can use as well. Default: none. */
  readonly handOver?: AuthMethod['handOver'] | undefined;
  readonly clock: Clock;
  /** Default: silent. */
  readonly logger?: Logger;
  /** Default: SHA-256 of `node:crypto`. */
  readonly hash?: Hash;
  /** The address that people reach us under where a proxy stands before us. Default: none. */
  readonly publicUrl?: URL | null;
  /** Ends the event streams. Default: they end with their readers. */
  readonly stopping?: AbortSignal;
  /** Default: writable, with nobody knowing how much still goes in. */
  readonly storageHealth?: () => Promise<StorageHealth>;
  /** Resident memory of the process, in bytes. Default: not known, 0. */
  readonly memoryBytes?: () => number;
}

export interface App {
  /** Answers a request; never rejects. Without a connection, as within one process. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
}

const inProcess: Connection = { peer: null, body: null };

/** The server as a function from request to response: no socket, no environment. */
export function createApp(dependencies: AppDependencies): App {
  const { clock, logger = silentLogger } = dependencies;
  const metrics = createRequestMetrics();
  const counts = createCallerCounts();
  const door = createDoor({
    method: dependencies.authMethod ?? 'loopback',
    clock,
    logger,
    counts,
    stopping: dependencies.stopping ?? new AbortController().signal,
  });
  const hono = new Hono<ServerEnv>();

  hono.use(async (call, next) => {
    const started = clock.now();
    await next();
    const now = clock.now();
    setCommonHeaders(call.res.headers, now);
    const { method } = call.req.raw;
    const { status } = call.res;
    const route = call.get('route') ?? 'unmatched';
    metrics.answered(method, route, status);
    const bytes = Number(call.res.headers.get('content-length') ?? 0);
    logger.info({ method, route, status, ms: now - started, bytes }, 'request');
  });
  for (const [path, routes] of Map.groupBy(listRoutes(dependencies, metrics, counts), (route) => route.path))
    addPath(hono, path, routes, door, dependencies);
  hono.notFound(() =>
    problemResponse(
      new Refusal('not-found', 'Nothing is at this address: a Dataans server speaks below /v1.'),
    ),
  );
  hono.onError((error, call) => {
    const refusal = errorToRefusal(error);
    if (refusal.code === 'internal')
      logger.error({ err: toLoggedError(error), route: call.get('route') }, 'failed');
    return problemResponse(refusal);
  });

  return { fetch: async (request, connection = inProcess) => hono.fetch(request, connection) };
}

/** Answers the methods that a path has, and every other with which those are. // SRV-2 */
function addPath(
  hono: Hono<ServerEnv>,
  path: string,
  routes: readonly Route[],
  door: Door,
  { authenticate, publicUrl = null }: AppDependencies,
): void {
  for (const route of routes)
    hono.on(route.method, path, async (call) => {
      call.set('route', path);
      const identity = await door.admit(callerOf(call), path, async () => {
        refuseCrossSite(call.req.raw, publicUrl?.host ?? null);
        return route.access === 'identified' ? authenticate(callerOf(call)) : null;
      });
      if (identity !== null) call.set('identity', identity);
      return route.handle(call);
    });
  const allowed = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  hono.all(path, (call) => {
    call.set('route', path);
    throw new Refusal('method-not-allowed', `This address answers ${allowed} and nothing else.`, {
      allow: allowed,
    });
  });
}

function callerOf(call: Call): Caller {
  return { request: call.req.raw, peer: call.env.peer };
}

/** All that the server answers. */
export function listRoutes(
  dependencies: AppDependencies,
  metrics: RequestMetrics,
  callers: CallerCounts,
): readonly Route[] {
  const { log, chunks, clock, authenticate, storageHealth = alwaysWritable } = dependencies;
  const isStillAllowed = async (call: Call) => {
    try {
      await authenticate(callerOf(call));
      return true;
    } catch {
      return false;
    }
  };
  const { hash = sha256, publicUrl = null } = dependencies;
  return [
    ...welcomeRoutes({ version, publicUrl }),
    ...handOverRoutes({ hash, handOver: dependencies.handOver, publicUrl }),
    ...healthRoutes({ log, storageHealth }),
    ...metricsRoutes({
      log,
      chunks,
      metrics,
      callers,
      storageHealth,
      memoryBytes: dependencies.memoryBytes ?? (() => 0),
    }),
    ...accountRoutes({ log, hash }),
    ...logRoutes({ log }),
    ...operationsRoutes({ log }),
    ...chunksRoutes({ log, chunks }),
    ...eventsRoutes({
      log,
      clock,
      isStillAllowed,
      stopping: dependencies.stopping ?? new AbortController().signal,
      streams: { opened: metrics.streamOpened, closed: metrics.streamClosed },
    }),
    ...sessionRoutes,
  ];
}

const alwaysWritable = async (): Promise<StorageHealth> => ({ writable: true, freeBytes: null });

/** As few bytes as can be: they are most of what a small change costs on the wire. // SRV-3 */
function setCommonHeaders(headers: Headers, now: number): void {
  headers.set(serverHeader, '1');
  headers.set('date', new Date(now).toUTCString());
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
