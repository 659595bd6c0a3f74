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
    message: `${address} has lost the account record, without which no further device can sign in.`,
    advice: isKept ? 'Run `dataans sync`: it is given it again.' : 'Sign in again on this device.',
  };
}

function weakenedAccount(address: string): Finding {
  return {
    kind: 'account-weakened',
    concerns: {},
    message: `The account record of ${address} asks for the password to be derived in a way that is not safe.`,
    advice:
      'Do not enter the password on any device until you know why: somebody may have changed the record. `dataans-server restore` puts an older one back.',
  };
}

function changedAccount(address: string): Finding {
  return {
    kind: 'account-changed',
    concerns: {},
    message: `The account record of ${address} is another one than this device last opened, and nobody with the keys of your notes made it.`,
    advice:
      'If you made the account anew, sign in again on this device and sync, which settles it. If not, somebody put another record there.',
  };
}

function dividedAccount(address: string): Finding {
  return {
    kind: 'account-changed',
    concerns: {},
    message: `The account of ${address} does not have all the data keys that this device uses. The server was put back to an older copy in between.`,
    advice: 'Sign in again on this device with your password: the account gets the missing keys.',
  };
}

/** Told until somebody acknowledges it: for a while the server opened to secrets that had been changed. // ACC-20 */
export function rolledBackAccount(address: string): Finding {
  return {
    kind: 'account-rolled-back',
    concerns: {},
    message: `${address} had gone back to an older account record. This device has put the newer one in its place again.`,
    advice:
      'If you restored a backup of the server, all is well: `dataans status --acknowledge` says so no more. If not, somebody tried to bring a former password back: look who can write to the server.',
  };
}

export function damagedAccount(address: string): Finding {
  return {
    kind: 'account-damaged',
    concerns: {},
    message: `The account record of ${address} is damaged, or made by a newer program.`,
    advice: 'Update this program; if that does not help, restore the server from a backup.',
  };
}
