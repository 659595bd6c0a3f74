import { accountHeader, bytesToHex, type Hash } from '@dataans/core';
import type { LogStore } from '../log/log-store.ts';
import { Refusal } from '../problems/refusal.ts';
import type { Call } from './route.ts';

/** What of the account record goes with pages and acknowledgements; nothing before there is one. // SRV-70 */
export async function accountTag(
  log: Pick<LogStore, 'account'>,
  hash: Hash,
): Promise<Readonly<Record<string, string>>> {
  const record = await log.account();
  return record === null ? {} : { [accountHeader]: bytesToHex(hash(record)) };
}

/** Refuses what is meant for a server with another account record: keys in use may stand only in that one. // SRV-70 */
export function requireAccount(call: Call, tag: Readonly<Record<string, string>>): void {
  const named = call.req.header(accountHeader);
  if (named === undefined || named === tag[accountHeader]) return;
  throw new Refusal(
    'account-changed',
    "The account record isn't the one this batch names. Nothing was stored. Read the record again, then send the batch.",
  );
}
