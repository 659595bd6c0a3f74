import type { DataKeyId } from '@dataans/core';
import type { Facts } from '../store/facts.ts';
import { readDataKeyIds } from './data-key-ids.ts';

/** The hash of the server's account record, as this device last found it right; empty where it was not. // ACC-20 */
export function readAccountTag(facts: Pick<Facts, 'read'>): string {
  return facts.read('account-tag') ?? '';
}

export function writeAccountTag(facts: Facts, tag: string): void {
  if (readAccountTag(facts) !== tag) facts.write('account-tag', tag, 'soon');
}

/** The data keys of the kept record are these. */
export function writeAccountKeys(facts: Facts, keys: readonly DataKeyId[]): void {
  const text = keys.join(' ');
  if ((facts.read('account-keys') ?? '') !== text) facts.write('account-keys', text);
}

/** The account has data keys that this device does not have: signing in again brings them. // ACC-22 */
export function awaitsKeys(facts: Pick<Facts, 'read'>): boolean {
  const held = new Set(readDataKeyIds(facts));
  const ids = (facts.read('account-keys') ?? '').split(' ');
  return ids.some((id) => id !== '' && !held.has(id));
}
