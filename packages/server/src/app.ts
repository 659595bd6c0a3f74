import type { Hash } from '@dataans/core';
import { answerRoutes, callerOf, type App } from './answer-routes.ts';
import type { WebApp } from '@dataans/web/served';
import type { Authenticator } from './auth/authenticator.ts';
import type { BackupStatus } from './backups/look-after-backups.ts';
import type { IsProxy } from './callers/caller-address.ts';
import { createDoor } from './callers/door.ts';
import type { ChunkStore } from './chunks/chunk-store.ts';
import type { Clock } from './clock.ts';
import type { LogStore } from './log/log-store.ts';
import type { Logger } from './logging/logger.ts';
import { createCallerCounts, type CallerCounts } from './metrics/caller-counts.ts';
import { createRequestMetrics, type RequestMetrics } from './metrics/request-metrics.ts';
import { accountRoutes } from './routes/account.ts';
import { chunksRoutes } from './routes/chunks.ts';
import { eventsRoutes } from './routes/events.ts';
import { handOverRoutes } from './routes/hand-over.ts';
import { healthRoutes } from './routes/health.ts';
import { logRoutes } from './routes/log.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { operationsRoutes } from './routes/operations.ts';
import type { Call, Route } from './routes/route.ts';
import { sessionRoutes } from './routes/session.ts';
import { webAppRoutes } from './routes/web-app.ts';
import { welcomeRoutes } from './routes/welcome.ts';
import type { StorageHealth } from './stores/storage-health.ts';
import { version } from './version.ts';

export interface AppDependencies {
  readonly log: LogStore;
  readonly chunks: ChunkStore;
  readonly authenticate: Authenticator;
  /** What the configuration calls the method that knows callers, for log lines and metrics. */
  readonly authMethod: string;
  /** Whether an address is that of a proxy that says for whom it speaks. */
  readonly isProxy: IsProxy;
  readonly clock: Clock;
  readonly logger: Logger;
  /** SHA-256. */
  readonly hash: Hash;
  /** The address that people reach us under where a proxy stands before us. */
  readonly publicUrl: URL | null;
  /** What is served below `/app/`; `null`: nothing. */
  readonly webApp: WebApp | null;
  /** Ends the event streams. */
  readonly stopping: AbortSignal;
  readonly storageHealth: () => Promise<StorageHealth>;
  /** `null` where the server makes no backups of itself. */
  readonly backupStatus: () => BackupStatus | null;
  /** Resident memory of the process, in bytes. */
  readonly memoryBytes: () => number;
}

export interface ServerApp extends App {
  /** The metrics of this app and nothing else, for whom another method knows: for an address of their own. */
  metricsFor(authMethod: string, authenticate: Authenticator): App;
}

/** The server as a function from request to response: no socket, no environment. */
export function createApp(dependencies: AppDependencies): ServerApp {
  const { isProxy, clock, logger, publicUrl, stopping } = dependencies;
  const metrics = createRequestMetrics();
  const counts = createCallerCounts();
  const answer = (routes: readonly Route[], method: string, authenticate: Authenticator): App => {
    const door = createDoor({ method, isProxy, clock, logger, counts, stopping });
    return answerRoutes(routes, { authenticate, door, metrics, clock, logger, publicUrl });
  };
  const routes = listRoutes(dependencies, metrics, counts);
  return {
    ...answer(routes, dependencies.authMethod, dependencies.authenticate),
    metricsFor: (method, authenticate) =>
      answer(metricsRoutes({ ...dependencies, metrics, callers: counts }), method, authenticate),
  };
}

/** All that the server answers. */
export function listRoutes(
  dependencies: AppDependencies,
  metrics: RequestMetrics,
  callers: CallerCounts,
): readonly Route[] {
  const { log, chunks, clock, authenticate, storageHealth, backupStatus, memoryBytes, stopping } =
    dependencies;
  const { hash, publicUrl, webApp } = dependencies;
  const isStillAllowed = async (call: Call) => {
    try {
      await authenticate(callerOf(call));
      return true;
    } catch {
      return false;
    }
  };
  const streams = { opened: metrics.streamOpened, closed: metrics.streamClosed };
  return [
    ...welcomeRoutes({ version, publicUrl, hasApp: webApp !== null }),
    ...webAppRoutes({ webApp, publicUrl }),
    ...handOverRoutes({ hash, publicUrl }),
    ...healthRoutes({ log, storageHealth, backupStatus, clock }),
    ...metricsRoutes({ log, chunks, metrics, callers, storageHealth, backupStatus, memoryBytes }),
    ...accountRoutes({ log, hash }),
    ...logRoutes({ log }),
    ...operationsRoutes({ log, hash }),
    ...chunksRoutes({ log, chunks }),
    ...eventsRoutes({ log, clock, isStillAllowed, stopping, streams }),
    ...sessionRoutes,
  ];
}
