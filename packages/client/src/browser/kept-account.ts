import type { AccountRecord, UnlockedKeyring } from '@dataans/core';
import type { PlainAccess } from '../account/plain-access.ts';
import type { Profile } from '../account/profile.ts';
import { createSecret } from '../platform/secret.ts';

/** What a browser keeps of sign-ins, each under its name. Only plain values and keys. */
export interface Kept {
  /** From a sign-in to the sign-out: a reload asks for no password. // BRW-5 */
  readonly account: KeptAccount;
  /** The keyring of the last sign-in, sealed under its root key: for a server that has lost its own. // BRW-6 */
  readonly record: AccountRecord;
  /** A generated passphrase that may be the one of an account, and that nobody has seen. // ACC-4 */
  readonly unconfirmed: { readonly server: string; readonly passphrase: string };
}

export interface KeptAccount {
  readonly server: string;
  readonly device: string;
  readonly passphrase: string;
  readonly access: PlainAccess;
  /** When the access ends, as the server said: milliseconds since 1970 UTC; `null`: never, or not known. */
  readonly expires: number | null;
  /** Its keys were derived by `createWebPrimitives`: they can be used, but not read. // BRW-4 */
  readonly keyring: UnlockedKeyring;
}

export function readProfile({ server, device, passphrase }: KeptAccount): Profile {
  return { server, device, passphrase: createSecret(passphrase) };
}
