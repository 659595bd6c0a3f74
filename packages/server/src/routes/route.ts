import type { Context } from 'hono';
import { inProcessPeer, type Identity } from '../auth/authenticator.ts';

/** What the app is told about a request beside the request itself. */
export interface Connection {
  /** Address of the other end, or `inProcessPeer`. */
  readonly peer: string;
  /** The body as the runtime reads it, where that is faster than the stream of the request. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** How a program calls that has the app in its own process. */
export const inProcess: Connection = { peer: inProcessPeer, body: null };

export interface ServerEnv {
  readonly Bindings: Connection;
  readonly Variables: { readonly route: string };
}

/** One request being answered. */
export type Call = Context<ServerEnv>;

type Answer = Response | Promise<Response>;

interface RouteAddress {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** With `:name` for what varies: the form that logs and metrics show. */
  readonly path: string;
}

/** Answers strangers too. */
export interface OpenRoute extends RouteAddress {
  readonly access: 'open';
  readonly handle: (call: Call) => Answer;
}

/** Answers only whom the server knows. */
export interface IdentifiedRoute extends RouteAddress {
  readonly access: 'identified';
  readonly handle: (call: Call, identity: Identity) => Answer;
}

export type Route = OpenRoute | IdentifiedRoute;
