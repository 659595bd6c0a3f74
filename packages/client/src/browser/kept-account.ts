import type { AccountRecord, DeviceId, UnlockedKeyring } from '@dataans/core';
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
  /** How the store stood when it was last written. // BRW-12 */
  readonly witness: KeptWitness;
}

export interface KeptWitness {
  readonly device: DeviceId;
  /** The last number that the device has given out. */
  readonly n: number;
  /** Notes that the server lacked a change of. */
  readonly unsentNotes: number;
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
