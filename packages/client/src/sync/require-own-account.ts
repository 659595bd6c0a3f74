import { DataansError, type AccountRecord, type LogId } from '@dataans/core';
import { isSameRecord } from '../account/kept-record.ts';
import type { Cursor } from '../store/local-log.ts';
import { openFrames } from './open-frames.ts';
import type { SyncRun } from './sync-run.ts';

const provingEntries = 100;

/**
 * Sees that a server is this home's before it is given anything, and gives it the account record where it
 * has none. // HEAL-4, HEAL-5
 *
 * @param common where its log and the followed one part
 * @throws DataansError `other-account`, or `not-signed-in` where no record was kept
 */
export async function requireOwnAccount(run: SyncRun, common: Cursor): Promise<void> {
  const kept = await run.keptRecord.read();
  const record = (await run.connection.readAccount(run.signal, common.log)) ?? (await giveRecord(run, kept));
  if (kept !== null && isSameRecord(record, kept)) return;
  // Another device may have sealed the same keyring anew: the followed log, and what this keyring opens, are ours.
  if (run.store.log.cursor()?.log === common.log || (await opensEntries(run, common.log))) return;
  throw otherAccount(run.connection.address);
}

async function giveRecord(run: SyncRun, kept: AccountRecord | null): Promise<AccountRecord> {
  const { connection, signal } = run;
  if (kept === null) throw recordLost(connection.address);
  if (await connection.createAccount(kept, signal)) return kept;
  const record = await connection.readAccount(signal); // Another device was first.
  if (record !== null) return record;
  throw new DataansError(
    'server-failed',
    `${connection.address} says both that it has an account and that it has none.`,
  );
}

async function opensEntries(
  { connection, primitives, keyring, signal }: SyncRun,
  log: LogId,
): Promise<boolean> {
  const page = await connection.readPage({ log, after: 0, chain: null, limit: provingEntries }, signal);
  const opened = await openFrames(primitives, keyring, page?.frames ?? [], 0);
  return opened.some((entry) => entry.opened.ok);
}

function otherAccount(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} belongs to another account than the notes of this home, or was set up anew.`,
    { advice: 'See that the address is right. If the server is yours, sign in to it again on this device.' },
  );
}

function recordLost(address: string): DataansError {
  return new DataansError(
    'not-signed-in',
    `${address} has lost the account, and this device has not kept what it takes to make it again.`,
    { advice: 'Sign in again on this device: it makes the account with the keys that are here.' },
  );
}
