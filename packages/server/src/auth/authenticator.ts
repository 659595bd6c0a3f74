import type { HandedOver } from '@dataans/core';
import type { AccountId } from '../stores/directory.ts';

/** Who is calling. */
export interface Identity {
  /** The method that knew them. */
  readonly method: string;
  /** What the operator calls them: the name of a token, an e-mail address, the id of a service token. */
  readonly name: string;
  /** Stands for method and name in log lines: the same for the same caller, and no name. */
  readonly hash: string;
  /** Milliseconds since 1970 from which they are nobody; `null`: for good. */
  readonly expires: number | null;
  /**
   * The credential by which their browser came in, if the command line can use it as well; `null` if not. A
   * function, so that no line of a log can ever show it. // AUTH-4
   */
  readonly handOver: (() => HandedOver) | null;
  readonly subject: Subject;
  /** Whose notes they come for: a token says so, for others a server with many accounts looks it up. `null`: the only one's. */
  readonly account: AccountId | null;
}

/** Who somebody is to whoever vouches for them, for good: a name can be another person's later. // SRV-111 */
export interface Subject {
  readonly kind: 'person' | 'service';
  /** Empty if the method has none. */
  readonly issuer: string;
  readonly id: string;
}

/** In the place of an address: the caller has no connection, but the app in its own process. It must be said. */
export const inProcessPeer = 'in-process';

export interface Caller {
  readonly request: Request;
  /** Address of the other end of the connection, or `inProcessPeer`. */
  readonly peer: string;
}

/** Knows a caller or throws a `Refusal` with its reason and what they can do about it. */
export type Authenticator = (caller: Caller) => Promise<Identity>;

/** One way to say who may come in. */
export interface AuthMethod {
  readonly authenticate: Authenticator;
}
