import { equalBytes, type Keyring } from '@dataans/core';

/**
 * The account's keyring with the data keys that only this home has; `null` where the two share no key, and so are of two
 * accounts. // ACC-3, ACC-21
 */
export function joinKeyrings(account: Keyring, home: Keyring): Keyring | null {
  const idsOfAccount = new Set(account.keys.map(({ id }) => id));
  const isShared = home.keys.some((key) =>
    account.keys.some((other) => other.id === key.id && equalBytes(other.secret, key.secret)),
  );
  if (!isShared) return null;
  const added = home.keys.filter(({ id }) => !idsOfAccount.has(id));
  return { current: account.current, keys: [...account.keys, ...added] };
}

export function holdsKeys({ keys }: Keyring, ids: readonly string[]): boolean {
  return ids.every((id) => keys.some((key) => key.id === id));
}
