import type { AccountId } from './directory.ts';

export interface StoredToken {
  /** SHA-256 of the token, 32 bytes: the token itself is never stored. */
  readonly hash: Uint8Array;
  /** What the operator called it; only one token that is not revoked has a name. */
  readonly name: string;
  /** Milliseconds since 1970, here and below. */
  readonly created: number;
  readonly expires: number | null;
  readonly lastUsed: number | null;
  readonly revoked: number | null;
  /** Whose it is, if it was found among the tokens of many accounts. */
  readonly account?: AccountId;
}

/** What it takes to know who bears a token. */
export type TokenFinder = Pick<TokenStore, 'find' | 'touch'>;

/** The bearer tokens of an account. A change is seen by the next call of any process. */
export interface TokenStore {
  /** `false` where a token of this name was not revoked, expired or not: nothing was stored then. */
  add(token: Pick<StoredToken, 'hash' | 'name' | 'created' | 'expires'>): Promise<boolean>;
  find(hash: Uint8Array): Promise<StoredToken | null>;
  /** All there ever were, oldest first. */
  list(): Promise<readonly StoredToken[]>;
  /** `false` where no token of this name is left to revoke. */
  revoke(name: string, at: number): Promise<boolean>;
  /** Notes a use. May be lost in a crash. */
  touch(hash: Uint8Array, at: number): Promise<void>;
  /** No call may follow. */
  close(): Promise<void>;
}
