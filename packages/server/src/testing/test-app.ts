import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { parseProblem, randomBytesToUuid, type LogId, type Problem } from '@dataans/core';
import { createOnlyAccount, type Accounts, type AccountStores } from '../accounts/accounts.ts';
import type { App } from '../answer-routes.ts';
import { createApp, type AppDependencies } from '../app.ts';
import { inProcessPeer } from '../auth/authenticator.ts';
import { createLoopbackAuth } from '../auth/loopback.ts';
import type { ChunkStore } from '../chunks/chunk-store.ts';
import { createMemoryChunks } from '../chunks/memory-chunks.ts';
import { sha256 } from '../hash.ts';
import { createHeadFeed, type LocalHeadFeed } from '../log/head-feed.ts';
import type { LogStore } from '../log/log-store.ts';
import { createMemoryLog } from '../log/memory-log.ts';
import { assertDocumented } from './assert-documented.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { quietSurroundings } from './quiet-surroundings.ts';

export interface TestApp {
  readonly app: App;
  readonly log: LogStore;
  readonly chunks: ChunkStore;
  readonly accounts: Accounts;
  readonly heads: LocalHeadFeed;
  readonly clock: ManualClock;
  /** Sends a request to the app in this process, and holds the answer against `docs/spec/openapi.json`. */
  send(method: string, path: string, init?: SendOptions): Promise<Response>;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | ReadableStream<Uint8Array>;
  readonly peer?: string;
}

export type Overrides = Partial<AppDependencies> & Partial<AccountStores>;

/** The app on stores in memory, time standing still, and everybody let in. */
export function createTestApp(overrides: Overrides = {}): TestApp {
  const heads = createHeadFeed();
  const id = randomBytesToUuid<LogId>(randomBytes(16));
  const log = createMemoryLog({ log: id, hash: sha256, onAppended: heads.notify });
  const chunks = createMemoryChunks({ hash: sha256 });
  const clock = createManualClock();
  const { authenticate } = createLoopbackAuth({ port: null, publicHost: null });
  const accounts = createOnlyAccount({ log, chunks, ...overrides });
  const app = createApp({ ...quietSurroundings, accounts, heads, clock, authenticate, ...overrides });
  return {
    app,
    log,
    chunks,
    accounts,
    heads,
    clock,
    send: (method, path, init) => send(app, method, path, init),
  };
}

async function send(app: App, method: string, path: string, init: SendOptions = {}): Promise<Response> {
  const request = new Request(`http://127.0.0.1:8000${path}`, {
    method,
    headers: { ...init.headers },
    // TypeScript's DOM types know neither shared buffers nor half duplex.
    ...(init.body !== undefined && ({ body: init.body, duplex: 'half' } as { body: string })),
  });
  const answer = await app.fetch(request, { peer: init.peer ?? inProcessPeer, body: null });
  await assertDocumented(method, path, answer);
  return answer;
}

/** The problem document of a refused request; fails where the answer is anything else. */
export async function readProblem(response: Response): Promise<Problem> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = parseProblem(await response.json());
  assert.ok(problem !== null);
  assert.equal(problem.status, response.status);
  assert.ok(problem.title.length > 0 && problem.detail.length > 0 && problem.type.endsWith(problem.code));
  return problem;
}

/** Fails unless the request was refused with this code. */
export async function assertRefused(response: Response, code: Problem['code']): Promise<Problem> {
  const problem = await readProblem(response);
  assert.equal(problem.code, code, problem.detail);
  return problem;
}
