import type { Context } from 'hono';
import type { Identity } from '../auth/authenticator.ts';

/** What the app is told about a request beside the request itself. */
export interface Connection {
  /** Address of the other end; `null` in one process. */
  readonly peer: string | null;
  /** The body as the runtime reads it, where that is faster than the stream of the request. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

export interface ServerEnv {
  readonly Bindings: Connection;
  readonly Variables: { readonly identity: Identity; readonly route: string };
}

/** One request being answered. */
export type Call = Context<ServerEnv>;

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** With `:name` for what varies: the form that logs and metrics show. */
  readonly path: string;
  /** `open` ones answer strangers too. */
  readonly access: 'open' | 'identified';
  readonly handle: (call: Call) => Response | Promise<Response>;
}
