import { openAccount, type AccountRecord, type Keyring, type Primitives } from '@dataans/core';
import type { Secret } from '../platform/secret.ts';

/**
 * The account record as this device last opened it, sealed: a server that has lost its own is given it
 * again, which takes neither password nor passphrase. // HEAL-5
 */
export interface KeptRecord {
  /** `null` where none was kept yet. */
  read(): Promise<AccountRecord | null>;
  /** @param passphrase the one that goes with it, to be shown from now on; `null` where that is not known here */
  write(record: AccountRecord, passphrase: string | null): Promise<void>;
}

/** The keyring in a record that was kept, where these credentials open it. */
export async function openKeptRecord(
  primitives: Primitives,
  record: AccountRecord | null,
  password: Secret,
  passphrase: Secret | null,
): Promise<Keyring | null> {
  if (record === null || passphrase === null) return null;
  const credentials = { password: password.reveal(), passphrase: passphrase.reveal() };
  const opened = await openAccount(primitives, credentials, record);
  return opened.ok ? opened.keyring : null;
}

export function isSameRecord(one: AccountRecord, other: AccountRecord): boolean {
  // Records are parsed and sealed with their members in one order.
  return JSON.stringify(one) === JSON.stringify(other);
}
