import {
  createKeyring,
  sealAccount,
  unlockKeyring,
  type AccountRecord,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';

/** The one account of a world, as it begins. */
export interface Account {
  readonly keyring: UnlockedKeyring;
  readonly record: AccountRecord;
}

export const passphrase = 'some words';
/** Changed and changed back: whoever changes it knows which of them opens the server's record. */
export const passwords = ['one', 'other'] as const;

export async function createAccount(primitives: Primitives): Promise<Account> {
  const keyring = createKeyring(primitives);
  return {
    keyring: await unlockKeyring(primitives, keyring),
    record: await sealAccount(primitives, { password: passwords[0], passphrase }, keyring),
  };
}
