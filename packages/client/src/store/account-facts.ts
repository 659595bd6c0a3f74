import type { DataKeyId } from '@dataans/core';
import type { Facts } from './facts.ts';

/** The hash of the server's account record, as this device last found it right; empty where it was not. // ACC-20 */
export function readAccountTag(facts: Pick<Facts, 'read'>): string {
  return facts.read('account-tag') ?? '';
}

export function writeAccountTag(facts: Facts, tag: string): void {
  if (readAccountTag(facts) !== tag) facts.write('account-tag', tag, 'soon');
}

/** Data keys that the account has and this device does not: signing in again brings them. // ACC-22 */
export function writeAwaitedKeys(facts: Facts, ids: readonly string[]): void {
  const text = ids.join(' ');
  if ((facts.read('awaited-keys') ?? '') !== text) facts.write('awaited-keys', text);
}

export function readAwaitedKeys(facts: Pick<Facts, 'read'>): readonly DataKeyId[] {
  const ids = (facts.read('awaited-keys') ?? '').split(' ');
  return ids.filter((id): id is DataKeyId => id !== ''); // Nothing else is written there.
}

export function awaitsKeys(facts: Pick<Facts, 'read'>): boolean {
  return readAwaitedKeys(facts).length > 0;
}
