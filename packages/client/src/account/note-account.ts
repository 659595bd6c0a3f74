import type { Keyring } from '@dataans/core';
import { rolledBackAccount } from '../findings/account-findings.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import type { Facts } from '../store/facts.ts';
import { writeAccountTag, writeAwaitedKeys } from '../store/account-facts.ts';
import { addDataKeyIds } from './data-key-ids.ts';

/** What a sign-in or a change of password has proven is remembered for the syncs that follow. // ACC-20 */
export function noteAccount(
  facts: Facts,
  address: string,
  { keyring, tag, wasRolledBack }: AccountNews,
): void {
  addDataKeyIds(facts, keyring);
  writeAwaitedKeys(facts, []);
  writeAccountTag(facts, tag);
  if (wasRolledBack) createKeptFindings(facts).add('account-rollback', [rolledBackAccount(address)]);
}

export interface AccountNews {
  readonly keyring: Keyring;
  /** What the server calls its record. // SRV-70 */
  readonly tag: string;
  readonly wasRolledBack: boolean;
}
