import type { Keyring } from '@dataans/core';
import type { Facts } from '../store/facts.ts';

/** Ids of the data keys that this store's operations are sealed under. */
export function readDataKeyIds(facts: Facts): readonly string[] {
  return (facts.read('data-keys') ?? '').split(' ').filter((id) => id !== '');
}

/** Those of the keyring are among them from now on. */
export function addDataKeyIds(facts: Facts, { keys }: Keyring): void {
  const ids = new Set([...readDataKeyIds(facts), ...keys.map((key) => key.id)]);
  facts.write('data-keys', [...ids].join(' '));
}
