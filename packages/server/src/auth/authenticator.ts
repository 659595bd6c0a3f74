/** Who is calling. */
export interface Identity {
  /** The method that knew them. */
  readonly method: string;
  /** What the operator calls them, such as the name of a token. */
  readonly name: string;
  /** Milliseconds since 1970 from which they are nobody; `null`: for good. */
  readonly expires: number | null;
}

export interface Caller {
  readonly request: Request;
  /** Address of the other end of the connection; `null` where there is none, in one process. */
  readonly peer: string | null;
}

/** Knows a caller or throws a `Refusal` with what they can do about it. */
export type Authenticator = (caller: Caller) => Promise<Identity>;
