import type { Profile } from '../account/profile.ts';
import type { AccountQuestion, SignInRequest } from '../account/sign-in-request.ts';
import type { SignedIn } from '../account/sign-in.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Session } from '../session/create-session.ts';
import type { Store } from '../store/store.ts';
import type { SyncStatus } from '../status/sync-status.ts';

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
  hasAccount(question: AccountQuestion): Promise<boolean>;
  /**
   * Proves the credentials against the server, and only then keeps what they open. // ACC-1
   *
   * @throws DataansError
   */
  signIn(request: SignInRequest): Promise<SignedIn>;
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
