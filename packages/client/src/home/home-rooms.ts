import type { PasswordChange } from '../account/change-password.ts';
import type { Profile } from '../account/profile.ts';
import type { AccountQuestion, SignInRequest } from '../account/sign-in-request.ts';
import type { SignedIn } from '../account/sign-in.ts';
import type { Holding } from '../files/holding.ts';
import type { LocalChunks } from '../platform/local-chunks.ts';
import type { Secret } from '../platform/secret.ts';
import type { Store } from '../store/store.ts';
import type { SyncStatus } from '../status/sync-status.ts';
import type { Session } from './create-session.ts';

/** What a server said to whoever is about to sign in. */
export interface Met {
  /** Its address, made regular. */
  readonly server: string;
  readonly account: 'none' | 'there';
  /** Until when it lets this caller in, in milliseconds since 1970 UTC; `null`: for good, or not known. */
  readonly expires: number | null;
}

/** The rooms of one device's data, opened: for a program that shares a thread with them. */
export interface HomeRooms {
  /** Opened when it is first asked for; needs no keys to be read. */
  readonly store: Store;
  readonly chunks: LocalChunks;
  /** Whoever seals content holds it until it is recorded. */
  readonly holding: Holding;
  /** `null` before the first sign-in. */
  profile(): Profile | null;
  isSignedIn(): boolean;
  /** There was a store, and its file is gone: only a sign-in with the password makes another one. // STO-37 */
  isStoreLost(): boolean;
  /**
   * Asks a server whether it has an account, and until when it lets the caller in: to know what to ask a person. What
   * it says is used by the sign-in that follows.
   *
   * @throws DataansError
   */
  meet(question: AccountQuestion): Promise<Met>;
  /**
   * Keeps another credential for the server that this home is signed in to. Needs neither password nor
   * passphrase; `false`, with nothing changed, if that server does not prove to be of the same account
   * without them. // ACC-9
   *
   * @throws DataansError
   */
  renewAccess(question: AccountQuestion): Promise<boolean>;
  /**
   * Proves the credentials against the server, and only then keeps what they open. // ACC-1
   *
   * @throws DataansError
   */
  signIn(request: SignInRequest): Promise<SignedIn>;
  /**
   * Seals the account for another password, and for another passphrase if that is asked for. Other devices go on as they
   * are; new ones sign in with what is in force from now on. // ACC-23
   *
   * @returns the passphrase that is in force now
   * @throws DataansError `wrong-credentials` if the former password does not open the account, `not-signed-in`
   */
  changePassword(change: PasswordChange): Promise<Secret>;
  /**
   * Forgets keys and credentials, once all that runs has ended. The data stays, unless `erase`: then nothing of the
   * home is left. // SYN-25
   */
  signOut(options?: { readonly erase?: boolean }): Promise<void>;
  /**
   * What takes keys to work: the same until somebody signs in to another server, or out.
   *
   * @throws DataansError `not-signed-in`
   */
  session(): Session;
  /**
   * Work on what is here that takes more than a moment, such as a search: it ends before the store goes. // SYN-25
   *
   * @param work given a signal that aborts at that end, or with the caller's
   */
  during<Result>(work: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Wakes every pause of a watch at once: after coming online, or after a sign-in at a proxy. // SYN-24 */
  retry(): void;
  status(): SyncStatus;
  /** Ends all that runs, waits for it, and lets go of the store. The home is of no use afterwards. // SYN-25 */
  close(): Promise<void>;
}
