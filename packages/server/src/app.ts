import type { Hash } from '@dataans/core';
import type { Accounts } from './accounts/accounts.ts';
import { answerRoutes, callerOf, type App } from './answer-routes.ts';
import type { Authenticator } from './auth/authenticator.ts';
import type { BackupStatus } from './backups/look-after-backups.ts';
import type { IsProxy } from './callers/caller-address.ts';
import { createDoor } from './callers/door.ts';
import { createGate, type Gate } from './callers/gate.ts';
import type { Clock } from './clock.ts';
import type { EndSignal } from './end-signal.ts';
import type { HeadFeed } from './log/head-feed.ts';
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
import type { Route } from './routes/route.ts';
import { sessionRoutes } from './routes/session.ts';
import { webAppRoutes, type AnswerFromApp } from './routes/web-app.ts';
import { welcomeRoutes } from './routes/welcome.ts';
import type { StorageHealth } from './stores/storage-health.ts';
import { version } from './version.ts';

export interface AppDependencies {
  readonly accounts: Accounts;
  readonly heads: HeadFeed;
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
  readonly webApp: AnswerFromApp | null;
  /** Ends the event streams. */
  readonly stopping: EndSignal;
  readonly storageHealth: () => Promise<StorageHealth>;
  /** `null` where the server makes no backups of itself. */
  readonly backupStatus: () => BackupStatus | null;
  /** Resident memory of the process, in bytes; `null` where nobody knows. */
  readonly memoryBytes: () => number | null;
}

export interface ServerApp extends App {
  /** The metrics of this app and nothing else, for whom another method knows: for an address of their own. */
  metricsFor(authMethod: string, authenticate: Authenticator): App;
}

/** The server as a function from request to response: no socket, no environment. */
export function createApp(dependencies: AppDependencies): ServerApp {
  const { isProxy, clock, logger, publicUrl, stopping } = dependencies;
  const publicHost = publicUrl?.host ?? null;
  const metrics = createRequestMetrics();
  const counts = createCallerCounts();
  const openGate = (method: string, authenticate: Authenticator): Gate => {
    const door = createDoor({ method, isProxy, clock, logger, counts, stopping });
    return createGate({ authenticate, door, publicHost });
  };
  const answer = (routes: readonly Route[], gate: Gate): App =>
    answerRoutes(routes, { gate, metrics, clock, logger });
  const gate = openGate(dependencies.authMethod, dependencies.authenticate);
  return {
    ...answer(listRoutes(dependencies, metrics, counts, gate), gate),
    metricsFor: (method, authenticate) =>
      answer(
        metricsRoutes({ ...dependencies, metrics, callers: counts, isForOperator: true }),
        openGate(method, authenticate),
      ),
  };
}

/** All that the server answers. */
export function listRoutes(
  dependencies: AppDependencies,
  metrics: RequestMetrics,
  callers: CallerCounts,
  gate: Pick<Gate, 'stillAdmits'>,
): readonly Route[] {
  const { accounts, heads, clock, storageHealth, backupStatus, memoryBytes, stopping } = dependencies;
  const { hash, publicUrl, webApp } = dependencies;
  const streams = { opened: metrics.streamOpened, closed: metrics.streamClosed };
  return [
    ...welcomeRoutes({ version, publicUrl, hasApp: webApp !== null }),
    ...webAppRoutes({ webApp, publicUrl }),
    ...handOverRoutes({ hash, publicUrl }),
    ...healthRoutes({ accounts, storageHealth, backupStatus, clock }),
    ...metricsRoutes({ accounts, metrics, callers, storageHealth, backupStatus, memoryBytes }),
    ...accountRoutes({ accounts, hash }),
    ...logRoutes({ accounts }),
    ...operationsRoutes({ accounts, hash }),
    ...chunksRoutes({ accounts }),
    ...eventsRoutes({
      accounts,
      heads,
      clock,
      isStillAllowed: (call) => gate.stillAdmits(callerOf(call)),
      stopping,
      streams,
    }),
    ...sessionRoutes,
  ];
}
