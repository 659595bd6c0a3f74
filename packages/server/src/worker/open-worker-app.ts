import { createApp, type ServerApp } from '../app.ts';
import type { Authenticator } from '../auth/authenticator.ts';
import { refuseCaller } from '../auth/refuse.ts';
import { systemClock } from '../clock.ts';
import { neverEnding } from '../end-signal.ts';
import { sha256 } from '../hash.ts';
import { createLineFormat, createLogger } from '../logging/create-logger.ts';
import type { Bucket, ObjectNamespace } from '../storage/cloudflare/bindings.ts';
import { createObjectAccounts } from '../storage/cloudflare/object-accounts.ts';
import type { AccountStub } from '../storage/cloudflare/object-calls.ts';
import { createMemoryKeptKeys } from '../stores/kept-keys.ts';
import { answerFromAssets, type Assets } from './answer-from-assets.ts';
import { readWorkerSettings } from './read-settings.ts';

/** What a Worker is deployed with, beside settings. */
export interface WorkerBindings {
  readonly ACCOUNTS: ObjectNamespace<AccountStub>;
  readonly CHUNKS: Bucket;
  readonly APP: Assets;
}

export interface WorkerSurroundings {
  readonly writeLine: (line: string) => void;
  /** Keeps work going that nobody waits for. */
  readonly inBackground: (work: Promise<unknown>) => void;
}

/** The app on a Durable Object and R2. Throws `OperatorError` if the settings do not do. // SRV-130 */
export function openWorkerApp(
  environment: WorkerBindings & Readonly<Record<string, unknown>>,
  { writeLine, inBackground }: WorkerSurroundings,
): ServerApp {
  const clock = systemClock;
  const { auth, startAuth, publicUrl, areMany, tokens } = readWorkerSettings(environment);
  const logger = createLogger({ write: writeLine }, createLineFormat('json', clock), 'info');
  const keptKeys = createMemoryKeptKeys();
  const method = startAuth({ tokens, keptKeys, clock, fetch, logger, port: null, inBackground });
  const { ACCOUNTS: objects, CHUNKS: bucket } = environment;
  const { accounts, heads, health } = createObjectAccounts({ objects, bucket, areMany, hash: sha256, clock });
  return createApp({
    accounts,
    heads,
    authenticate: areMany ? admitPeople(method.authenticate) : method.authenticate,
    authMethod: auth,
    // Cloudflare's edge is the only one that calls, and says for whom in a header that nobody else can set.
    isProxy: () => false,
    clock,
    logger,
    hash: sha256,
    publicUrl,
    webApp: answerFromAssets(environment.APP),
    // Not a signal of a request, which no other one may listen to.
    stopping: neverEnding,
    storageHealth: health,
    backupStatus: () => null,
    memoryBytes: () => null,
  });
}

/** A machine's notes are somebody's, and nobody here knows whose. // SRV-134 */
function admitPeople(authenticate: Authenticator): Authenticator {
  return async (caller) => {
    const identity = await authenticate(caller);
    if (identity.subject.kind === 'person') return identity;
    throw refuseCaller(
      'no-account',
      "This server has an account for each person, and a service token is nobody's. Sign in as yourself.",
      identity.hash,
    );
  };
}
