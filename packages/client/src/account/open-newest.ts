import {
  openAccount,
  unlockKeyring,
  type AccountRecord,
  type Credentials,
  type OpenedAccount,
  type Primitives,
} from '@dataans/core';
import type { FoundAccount } from '../connection/account-connection.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import { encodeRecord, tagOf } from '../connection/account-tag.ts';
import { judgeRecord, revisionOf } from './judge-record.ts';
import { isSameRecord } from './kept-record.ts';
import { changedAtOnce } from './sign-in-refusals.ts';

export interface NewestQuestion {
  readonly connection: Pick<ServerConnection, 'address' | 'replaceAccount'>;
  readonly primitives: Primitives;
  /** The record that this device keeps; `null` where it keeps none. */
  readonly kept: AccountRecord | null;
  readonly signal?: AbortSignal;
}

export interface NewestAccount {
  /** What the server has now. */
  readonly found: FoundAccount;
  readonly opened: OpenedAccount;
  /** The server had an older record than this device, which has put its own in the place of it. */
  readonly wasRolledBack: boolean;
}

/** Opens the server's record, or the kept one after it took the place of an older one of the same account. // ACC-20 */
export async function openNewest(
  question: NewestQuestion,
  credentials: Credentials,
  found: FoundAccount,
): Promise<NewestAccount> {
  const { connection, primitives, kept, signal } = question;
  const opened = await openAccount(primitives, credentials, found.record);
  if (kept === null || isSameRecord(kept, found.record)) return { found, opened, wasRolledBack: false };
  const own = opened.ok ? null : await openAccount(primitives, credentials, kept);
  if (!(await isKeptNewer(primitives, opened, own, kept, found.record)))
    return { found, opened, wasRolledBack: false };
  const isReplaced = await connection.replaceAccount(kept, tagOf(primitives.hash, found.encoded), signal);
  if (!isReplaced) throw changedAtOnce(connection.address);
  return {
    found: { record: kept, encoded: encodeRecord(kept) },
    opened: own ?? (await openAccount(primitives, credentials, kept)),
    wasRolledBack: true,
  };
}

/** Judged with the keys of whichever of the two records these credentials open. */
async function isKeptNewer(
  primitives: Primitives,
  opened: OpenedAccount,
  own: OpenedAccount | null,
  kept: AccountRecord,
  record: AccountRecord,
): Promise<boolean> {
  if (opened.ok) {
    if (revisionOf(kept) <= revisionOf(record)) return false;
    const keyring = await unlockKeyring(primitives, opened.keyring);
    return (await judgeRecord(primitives, keyring, record, kept)).kind === 'newer';
  }
  if (own === null || !own.ok) return false;
  const keyring = await unlockKeyring(primitives, own.keyring);
  return (await judgeRecord(primitives, keyring, kept, record)).kind === 'older';
}
