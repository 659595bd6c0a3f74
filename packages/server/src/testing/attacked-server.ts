import { once } from 'node:events';
import { request as sendHttp, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { paths } from '@dataans/core';
import { configureAuth, type AuthMethodName } from '../auth/methods.ts';
import type { AuthOptionTexts } from '../auth/define-method.ts';
import { listen } from '../listen/listen.ts';
import { serveApp } from '../listen/serve-app.ts';
import { stopServing } from '../listen/stop.ts';
import { silentLogger } from '../logging/logger.ts';
import { Refusal, type RefusalReason } from '../problems/refusal.ts';
import type { TestAuthContext } from './auth-context.ts';
import { createTestApp } from './test-app.ts';

/** What goes over the wire; a header may be there several times. */
export interface WireRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  /** Why the server let nobody in; `null` where it let somebody in, or did not ask who it is. */
  readonly reason: RefusalReason | null;
}

export interface AttackedServer {
  readonly port: number;
  /** With a `Host` of its own unless one is among the headers. */
  send(request: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** The app on a real socket, with one way in. */
export async function startAttackedServer(
  auth: AuthMethodName,
  texts: AuthOptionTexts,
  context: TestAuthContext,
  publicUrl: URL | null = null,
): Promise<AttackedServer> {
  const { server, port } = await listen({ host: '127.0.0.1', port: 0 });
  const place = { host: '127.0.0.1', publicHost: publicUrl?.host ?? null };
  const { authenticate } = configureAuth(auth, texts, place)({ ...context, port });
  let reason: RefusalReason | null = null;
  const { app } = createTestApp({
    clock: context.clock,
    publicUrl,
    authenticate: async (caller) => {
      try {
        return await authenticate(caller);
      } catch (error) {
        reason = error instanceof Refusal ? error.reason : null;
        throw error;
      }
    },
  });
  serveApp(server, app, silentLogger);
  return {
    port,
    send: async (request) => {
      reason = null;
      const answer = await exchange(port, request);
      return { ...answer, reason };
    },
    close: () => stopServing(server),
  };
}

async function exchange(port: number, { method = 'GET', path = paths.log, headers, body }: WireRequest) {
  const hasHost = headers.some(([name]) => name.toLowerCase() === 'host');
  const all = hasHost ? headers : [['host', `127.0.0.1:${port}`] as const, ...headers];
  const outgoing = sendHttp({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: all.flat(),
    agent: false,
    setHost: false,
  });
  outgoing.end(body);
  // An `http` request answers with an incoming message.
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}
