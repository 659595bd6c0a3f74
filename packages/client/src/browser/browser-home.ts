import type { Access } from '../account/access.ts';
import type { Profile } from '../account/profile.ts';
import type { SignedIn } from '../account/sign-in.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Secret } from '../platform/secret.ts';
import type { Session } from '../session/create-session.ts';
import type { Store } from '../store/store.ts';
import type { SyncStatus } from '../sync/sync-status.ts';

export interface BrowserAccountQuestion {
  /** Made regular by `parseServerAddress`. */
  readonly server: string;
  readonly access: Access;
  readonly signal?: AbortSignal;
}

export interface BrowserSignInRequest extends BrowserAccountQuestion {
  readonly password: Secret;
  /** `null`: not known, or to be generated where there is no account yet. */
  readonly passphrase: Secret | null;
  /** What this browser is called from now on. */
  readonly device: string;
}

/** One device's data in the storage of an origin, open in the tab that leads. */
export interface BrowserHome {
  readonly store: Store;
  readonly chunks: LocalChunks;
  /** `null` while nobody is signed in. */
  profile(): Profile | null;
  isSignedIn(): boolean;
  /**
   * Whether a server already has an account: to know what to ask a person before signing in.
   *
   * @throws DataansError
   */
  hasAccount(question: BrowserAccountQuestion): Promise<boolean>;
  /**
   * Proves the credentials against the server, and only then keeps what they open. // ACC-1
   *
   * @throws DataansError
   */
  signIn(request: BrowserSignInRequest): Promise<SignedIn>;
  /** Forgets keys and credentials. The data stays, unless `erase`: then nothing is left, and the home is closed. */
  signOut(options?: { readonly erase?: boolean }): Promise<void>;
  /**
   * The same one until somebody signs in or out.
   *
   * @throws DataansError `not-signed-in`
   */
  session(): Session;
  status(): SyncStatus;
  /** Lets another tab lead. */
  close(): void;
}
