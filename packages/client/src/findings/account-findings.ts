import { limits, type AccountRecord } from '@dataans/core';
import type { Finding } from './finding.ts';

/** A server's account record that is not kept here. */
export interface ForeignAccount {
  readonly kind: 'divided' | 'unproven';
  readonly kept: AccountRecord | null;
  readonly record: AccountRecord | null;
}

/**
 * What is wrong with it. Whether a record that no data key of this device proves is the person's own takes the password:
 * signing in shows it. // VFY-6
 */
export function explainAccount(address: string, { kind, kept, record }: ForeignAccount): Finding {
  if (record === null) return missingAccount(address, kept !== null);
  const { iterations } = record.kdf;
  if (iterations < limits.kdfIterations || iterations > limits.kdfIterationsMax)
    return weakenedAccount(address);
  return kind === 'divided' ? dividedAccount(address) : changedAccount(address);
}

function missingAccount(address: string, isKept: boolean): Finding {
  return {
    kind: 'account-missing',
    concerns: {},
    message: `${address} has lost the account record. Until it is back, new devices can't sign in.`,
    advice: isKept ? 'Sync this device. It sends the account record again.' : 'Sign in again on this device.',
  };
}

function weakenedAccount(address: string): Finding {
  return {
    kind: 'account-weakened',
    concerns: {},
    message: `The account record on ${address} asks for unsafe key settings.`,
    advice:
      "Don't enter your password on any device until you know why. Someone may have changed the record. To get the earlier one back, restore a backup of the server.",
  };
}

function changedAccount(address: string): Finding {
  return {
    kind: 'account-changed',
    concerns: {},
    message: `The account record on ${address} has changed, and it wasn't made with the keys of your notes.`,
    advice:
      'Did you recreate the account? Then sign in again on this device and sync. If not, someone else has replaced it: check who can reach the server.',
  };
}

function dividedAccount(address: string): Finding {
  return {
    kind: 'account-changed',
    concerns: {},
    message: `The account on ${address} lacks keys that this device uses. The server was restored from an older copy in between.`,
    advice: 'Sign in again on this device with your password. The account then gets the missing keys.',
  };
}

/** Told until somebody acknowledges it: for a while the server opened to secrets that had been changed. // ACC-20 */
export function rolledBackAccount(address: string): Finding {
  return {
    kind: 'account-rolled-back',
    concerns: {},
    message: `${address} had gone back to an older account record. This device has sent the newer one again.`,
    advice:
      'Did you restore a backup of the server? Then all is well. If not, someone tried to bring back a former password: check who can write to the server.',
  };
}

export function damagedAccount(address: string): Finding {
  return {
    kind: 'account-damaged',
    concerns: {},
    message: `The account record on ${address} is damaged, or comes from a newer version of Dataans.`,
    advice: "Update Dataans on this device. If that doesn't help, restore the server from a backup.",
  };
}
