import type { Access } from '../connection/access.ts';
import type { PasswordChange } from '../account/change-password.ts';
import type { Profile } from '../account/profile.ts';
import type { AccountQuestion, SignInRequest } from '../account/sign-in-request.ts';
import type { SignedIn } from '../account/sign-in.ts';
import type { ArchiveProof } from '../export/archive-proof.ts';
import type { ChunkFetcher, Files } from '../files/files.ts';
import type { Notebook } from '../notebook/notebook.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Secret } from '../platform/secret.ts';
import type { Store } from '../store/store.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import type { SyncStatus } from '../status/sync-status.ts';
import type { Verify } from '../verify/verification.ts';

export type { AccountQuestion, PasswordChange, SignInRequest };

/** One device's app data directory, opened. */
export interface Home {
  readonly directory: string;
  /** Opened when it is first asked for; needs no keys to be read. */
  readonly store: Store;
  readonly chunks: LocalChunks;
  /** `null` before the first sign-in. */
  profile(): Profile | null;
  isSignedIn(): boolean;
  /** There was a store, and its file is gone: only a sign-in with the password makes another one. // STO-37 */
  isStoreLost(): boolean;
  /**
   * Whether a server already has an account: to know what to ask a person before signing in.
   *
   * @throws DataansError
   */
  hasAccount(question: AccountQuestion): Promise<boolean>;
  /** What `cloudflared` holds for a server, where that program is installed; `null` where it holds nothing. */
  cloudflaredAccess(server: string, signal: AbortSignal): Promise<Access | null>;
  /**
   * Keeps another credential for the server that this home is signed in to. Needs neither password nor
   * passphrase; `false`, with nothing changed, where that server does not prove to be of the same account
   * without them. // ACC-9
   *
   * @throws DataansError
   */
  renewAccess(question: AccountQuestion): Promise<boolean>;
  /**
   * Proves the credentials against the server, and only then keeps them here. // ACC-1
   *
   * @throws DataansError
   */
  signIn(request: SignInRequest): Promise<SignedIn>;
  /**
   * Seals the account for another password, and for another passphrase if that is asked for. Other devices go on as they
   * are; new ones sign in with what is in force from now on. // ACC-23
   *
   * @returns the passphrase that is in force now
   * @throws DataansError `wrong-credentials` where the former password does not open the account, `not-signed-in`
   */
  changePassword(change: PasswordChange): Promise<Secret>;
  /** Forgets keys and credentials. The data stays, unless `erase`: then nothing of the home is left. */
  signOut(options?: { readonly erase?: boolean }): Promise<void>;
  /** @throws DataansError `not-signed-in` */
  notebook(): Promise<Notebook>;
  /** @throws DataansError `not-signed-in` */
  files(): Promise<Files>;
  /**
   * Tells exports of this account from others.
   *
   * @throws DataansError `not-signed-in`
   */
  archiveProof(): Promise<ArchiveProof>;
  /**
   * Fetches chunks that are not held here, for `Files.open`.
   *
   * @throws DataansError `not-signed-in`
   */
  chunkFetcher(): Promise<ChunkFetcher>;
  /** @throws DataansError `not-signed-in` */
  engine(): Promise<SyncEngine>;
  /** @throws DataansError `not-signed-in` */
  verifier(): Promise<Verify>;
  status(): SyncStatus;
  close(): void;
}
