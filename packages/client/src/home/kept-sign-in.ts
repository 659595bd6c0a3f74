import type { DataansError, Keyring, UnlockedKeyring } from '@dataans/core';
import type { ChangedAccount } from '../account/change-password.ts';
import type { KeptRecord } from '../account/kept-record.ts';
import type { Profile } from '../account/profile.ts';
import type { SignedIn } from '../account/sign-in.ts';
import type { Access } from '../connection/access.ts';
import type { Secret } from '../platform/secret.ts';
import type { KeptSession } from '../status/read-status.ts';

/** What a sign-in has proven. */
export interface ProvenSignIn extends Pick<SignedIn, 'keyring' | 'record' | 'passphrase'> {
  readonly server: string;
  readonly device: string;
  readonly access: Access;
  /** Milliseconds since 1970 UTC at which the access ends; `null`: never, or not known. */
  readonly expires: number | null;
}

/** Where a platform keeps what a sign-in gives, in the form that it may be kept in there. */
export interface KeptSignIn {
  /** `null` before the first sign-in. */
  profile(): Profile | null;
  /** `null` while nobody is signed in. */
  session(): KeptSession | null;
  /**
   * What gives the credential in force, if it is for this server: the same object as long as it is the same. // ACC-7
   *
   * @param signedOut what it throws once nobody is signed in, or somebody to another account // ACC-11
   */
  accessReader(server: string, signedOut: () => DataansError): () => Access;
  /** The one in force; `null` while nobody is signed in. */
  readKeyring(): Promise<UnlockedKeyring | null>;
  /** Its secrets, where the platform keeps them as such; else `null`. */
  keyringSecrets(): Keyring | null;
  readonly record: KeptRecord;
  /** The passphrase that a sign-in to this server generated and did not live to show. // ACC-4 */
  readUnconfirmed(server: string): Promise<Secret | null>;
  keepUnconfirmed(server: string, passphrase: Secret): Promise<void>;
  keep(proven: ProvenSignIn): Promise<void>;
  /** Another credential for the account that is signed in to. */
  keepAccess(server: string, access: Access, expires: number | null): Promise<void>;
  /** The account as the server has it after a change of password. */
  keepChange(changed: ChangedAccount): Promise<void>;
  /** Keys and credentials; what is needed to sign in again may stay. */
  forget(): Promise<void>;
}
