import { Hono } from 'hono';
import { serverHeader } from '@dataans/core';
import type { Caller } from './auth/authenticator.ts';
import type { Gate } from './callers/gate.ts';
import type { Clock } from './clock.ts';
import { toLoggedError, toLoggedText } from './logging/logged-error.ts';
import type { Logger } from './logging/logger.ts';
import type { RequestMetrics } from './metrics/request-metrics.ts';
import { errorToRefusal, problemResponse } from './problems/problem-response.ts';
import { Refusal } from './problems/refusal.ts';
import { StorageUnavailableError } from './stores/storage-unavailable.ts';
import type { Call, Connection, Route, ServerEnv } from './routes/route.ts';

export interface App {
  /** Answers a request; never rejects. */
  fetch(request: Request, connection: Connection): Promise<Response>;
}

export interface AnsweringDependencies {
  readonly gate: Gate;
  readonly metrics: RequestMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Answers requests with the routes: who may come in, the headers of every answer, log lines, and refusals. */
export function answerRoutes(routes: readonly Route[], dependencies: AnsweringDependencies): App {
  const { gate, clock, logger, metrics } = dependencies;
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
    // Somebody has to look at what the server could not do; the rest would fill a log with health checks.
    const write = status >= 500 ? logger.warn : logger.debug;
    write({ method, route, status, ms: now - started, bytes }, 'request');
  });
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) addPath(hono, path, ofPath, gate);
  hono.notFound(() =>
    problemResponse(
      new Refusal('not-found', "There's nothing at this address. The Dataans API is under /v1."),
    ),
  );
  hono.onError((error, call) => {
    const refusal = errorToRefusal(error);
    if (refusal.code === 'internal')
      logger.error({ err: toLoggedError(error), route: call.get('route') }, 'failed');
    if (error instanceof StorageUnavailableError)
      logger.error({ failure: toLoggedText(error.cause), route: call.get('route') }, 'storage unavailable');
    return problemResponse(refusal);
  });
  return { fetch: async (request, connection) => hono.fetch(request, connection) };
}

/** Answers the methods that a path has, and every other with which those are. // SRV-2 */
function addPath(hono: Hono<ServerEnv>, path: string, routes: readonly Route[], gate: Gate): void {
  for (const route of routes)
    hono.on(route.method, path, (call) => {
      call.set('route', path);
      return answerRoute(route, call, gate);
    });
  const allowed = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  hono.all(path, (call) => {
    call.set('route', path);
    throw new Refusal('method-not-allowed', `This address only accepts ${allowed}.`, {
      allow: allowed,
    });
  });
}

async function answerRoute(route: Route, call: Call, gate: Gate): Promise<Response> {
  const caller = callerOf(call);
  if (route.access === 'identified') return route.handle(call, await gate.identify(caller, route.path));
  await gate.letPass(caller, route.path);
  return route.handle(call);
}

export function callerOf(call: Call): Caller {
  return { request: call.req.raw, peer: call.env.peer };
}

/** As few bytes as can be: they are most of what a small change costs on the wire. // SRV-3 */
function setCommonHeaders(headers: Headers, now: number): void {
  headers.set(serverHeader, '1');
  headers.set('date', new Date(now).toUTCString());
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
