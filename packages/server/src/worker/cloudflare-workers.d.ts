// What we use of Cloudflare's runtime. Its package of types declares the globals of Workers for every file.
/** Two ends of a socket: one goes to who asked for it. */
declare class WebSocketPair {
  readonly 0: import('../storage/cloudflare/bindings.ts').ObjectSocket;
  readonly 1: import('../storage/cloudflare/bindings.ts').ObjectSocket;
}

declare module 'cloudflare:workers' {
  import type { ObjectState } from '../storage/cloudflare/bindings.ts';

  /** What a Durable Object is made from. Its other methods can be called from a Worker. */
  export class DurableObject<Environment> {
    protected readonly ctx: ObjectState;
    protected readonly env: Environment;
    constructor(ctx: ObjectState, env: Environment);
  }

  /** Keeps the request that is being answered alive until the work has ended, though its sender may be gone. */
  export function waitUntil(work: Promise<unknown>): void;
}
