import { limits, type AccountRecord } from '@dataans/core';
import { isSameRecord } from '../account/kept-record.ts';
import type { Finding } from './finding.ts';

/**
 * What a server's account record says against it, beside the one that this device last opened.
 * Whether another record opens takes the password: signing in proves it. // VFY-6
 */
export function compareAccount(
  address: string,
  kept: AccountRecord | null,
  record: AccountRecord | null,
): Finding | null {
  if (record === null)
    return {
      kind: 'account-missing',
      concerns: {},
      message: `${address} has lost the account record, without which no further device can sign in.`,
      advice: kept === null ? 'Sign in again on this device.' : 'Run `dataans sync`: it is given it again.',
    };
  const { iterations } = record.kdf;
  if (iterations < limits.kdfIterations || iterations > limits.kdfIterationsMax)
    return {
      kind: 'account-weakened',
      concerns: {},
      message: `The account record of ${address} asks for the password to be derived in a way that is not safe.`,
      advice:
        'Do not enter the password on any device until you know why: somebody may have changed the record. `dataans-server restore` puts an older one back.',
    };
  if (kept === null || isSameRecord(kept, record)) return null;
  return {
    kind: 'account-changed',
    concerns: {},
    message: `The account record of ${address} is another one than this device last opened.`,
    advice:
      'If you set another password or made the account anew, sign in again on this device and sync, which settles it. If not, somebody put another record there.',
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
