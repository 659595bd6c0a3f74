import { DataansError, type LogId } from '@dataans/core';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { Cursor } from '../store/local-log.ts';
import { openFrames } from './open-frames.ts';
import { settleAccount } from './settle-account.ts';
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
  const outcome = await settleAccount(run, common.log);
  if (outcome.kind === 'settled' || outcome.kind === 'divided') return;
  if (outcome.kind === 'damaged') throw new IntegrityError(outcome.finding);
  if (outcome.record === null)
    throw outcome.kind === 'nothing-kept'
      ? recordLost(run.connection.address)
      : contradicted(run.connection.address);
  // Somebody may have made the account anew for the same keys: the followed log, and what this keyring opens, are ours.
  if (run.store.log.cursor()?.log === common.log || (await opensEntries(run, common.log))) return;
  throw otherAccount(run.connection.address);
}

async function opensEntries(
  { connection, primitives, keyring, signal }: SyncRun,
  log: LogId,
): Promise<boolean> {
  const page = await connection.readPage({ log, after: 0, chain: null, limit: provingEntries }, signal);
  const opened = await openFrames(primitives, keyring, page?.frames ?? [], 0);
  return opened.some((entry) => entry.opened.ok);
}

function contradicted(address: string): DataansError {
  return new DataansError(
    'server-failed',
    `${address} contradicts itself: it said that an account exists, then that there is none.`,
    { advice: "Try again. If it keeps happening, check the server's log." },
  );
}

function otherAccount(address: string): DataansError {
  return new DataansError(
    'other-account',
    `${address} belongs to a different account from the one on this device, or was set up from scratch.`,
    { advice: 'Check the address. If it is your server, sign in again on this device.' },
  );
}

function recordLost(address: string): DataansError {
  return new DataansError(
    'not-signed-in',
    `${address} has lost your account, and this device needs your password to recreate it.`,
    { advice: 'Sign in again on this device. It recreates the account with the keys stored here.' },
  );
}
