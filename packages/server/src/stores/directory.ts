import type { Branded, LogId, Uuid } from '@dataans/core';

/** Names one account of a server that has many: random, and never another's. */
export type AccountId = Branded<Uuid, 'AccountId'>;

export interface Account {
  readonly id: AccountId;
  /** What the operator or the first sign-in called it. Two accounts may have one name. */
  readonly name: string;
  /** Milliseconds since 1970, here and below. */
  readonly created: number;
  /** Since when nobody comes in to it any more; `null` while people do. */
  readonly closed: number | null;
  /** Bytes that it may have; `null`: as many as there is room for. */
  readonly quota: number | null;
  /** The log that it has; `null` until it is opened for the first time. */
  readonly log: LogId | null;
}

/** Who somebody is to a method and an issuer, for good: names and e-mail addresses pass from one person to another. // SRV-111 */
export interface SignInKey {
  readonly method: string;
  /** Empty for a method that has none. */
  readonly issuer: string;
  readonly subject: string;
}

/** Somebody who can sign in, and what people call them. */
export interface SignIn extends SignInKey {
  readonly name: string;
}

/** A sign-in that belongs to an account. */
export interface LinkedSignIn extends SignIn {
  readonly account: AccountId;
}

/** A sign-in that has no account, and when it was last tried. */
export interface WaitingSignIn extends SignIn {
  readonly tried: number;
}

export type NewAccount = Pick<Account, 'id' | 'name' | 'created'>;

/**
 * Which accounts there are, and who comes in to which. Each call is one transaction, and a change is seen by the next call
 * of any process. Any call may reject with `StorageFullError` or `StorageUnavailableError`.
 */
export interface Directory {
  find(id: AccountId): Promise<Account | null>;
  /** The account that a sign-in belongs to. */
  findBySignIn(key: SignInKey): Promise<Account | null>;
  /** The account that a token was made for. */
  findByToken(hash: Uint8Array): Promise<AccountId | null>;
  /** The oldest first. */
  list(): Promise<readonly Account[]>;
  listSignIns(): Promise<readonly LinkedSignIn[]>;
  /** Those that were tried and have no account, the last tried first. */
  listWaiting(): Promise<readonly WaitingSignIn[]>;
  /** Makes an account that nobody signs in to yet. */
  add(account: NewAccount): Promise<void>;
  /** The account of a sign-in, made if there is none: of many that ask at once, all get the same. */
  enrol(signIn: SignIn, account: NewAccount): Promise<Account>;
  /** From now on the sign-in belongs to this account, and to no other. */
  link(signIn: SignIn, account: AccountId): Promise<void>;
  /** Remembers that a sign-in was tried; only the last of them. */
  noteWaiting(signIn: WaitingSignIn): Promise<void>;
  /** How many tokens were ever made for accounts. */
  countTokens(): Promise<number>;
  noteToken(hash: Uint8Array, account: AccountId): Promise<void>;
  noteLog(account: AccountId, log: LogId): Promise<void>;
  /** @param at `null`: people come in again */
  setClosed(account: AccountId, at: number | null): Promise<void>;
  /** Makes accounts that are elsewhere already, and their sign-ins. Those that are here stay as they are. */
  addAll(contents: DirectoryContents): Promise<void>;
  /** @param bytes `null`: as many as there is room for */
  setQuota(account: AccountId, bytes: number | null): Promise<void>;
  /** No call may follow. */
  close(): Promise<void>;
}

/** What a backup has of a directory: no tokens, and nobody who waits. */
export interface DirectoryContents {
  readonly accounts: readonly Account[];
  /** Of these accounts. */
  readonly signIns: readonly LinkedSignIn[];
}

/** All that there is at about this moment. Who came later may have a sign-in and no account yet: it is left out. */
export async function readContents(directory: Directory): Promise<DirectoryContents> {
  const accounts = await directory.list();
  const ids = new Set(accounts.map(({ id }) => id));
  return { accounts, signIns: (await directory.listSignIns()).filter(({ account }) => ids.has(account)) };
}

/** More sign-ins without an account than this are not remembered. */
export const waitingMax = 100;
