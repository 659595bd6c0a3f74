import type { Authenticator, Identity } from '../auth/authenticator.ts';
import { refuseCaller } from '../auth/refuse.ts';
import { createRecent } from '../callers/recent.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logging/logger.ts';
import type { Account, AccountId, Directory, SignIn } from '../stores/directory.ts';
import { StorageFullError } from '../stores/storage-full.ts';

export interface AdmittedAccounts {
  readonly directory: Directory;
  /** Whether somebody who may come in and has no account gets one. */
  readonly enrols: boolean;
  readonly newAccountId: () => AccountId;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** A refused device asks again and again, and must not make us write each time. */
const noteEveryMs = 60_000;
const notedMax = 1_000;

/** Lets in those of whom a method knows who have an account, and says whose it is. // SRV-111, SRV-112 */
export function admitAccounts(
  authenticate: Authenticator,
  { directory, enrols, newAccountId, clock, logger }: AdmittedAccounts,
): Authenticator {
  const noted = createRecent<number>(notedMax);

  const enrol = async (signIn: SignIn): Promise<Account> => {
    const { name } = signIn;
    const fresh = { id: newAccountId(), name, created: clock.now() };
    const account = await directory.enrol(signIn, fresh);
    if (account.id === fresh.id) logger.info({ account: account.id }, 'account made');
    return account;
  };

  const noteWaiting = async (signIn: SignIn): Promise<void> => {
    const key = JSON.stringify(signIn);
    const tried = clock.now();
    if (tried - (noted.get(key) ?? -Infinity) < noteEveryMs) return;
    noted.set(key, tried);
    try {
      await directory.noteWaiting({ ...signIn, tried });
    } catch (error) {
      // They are refused all the same, and told why.
      if (!(error instanceof StorageFullError)) throw error;
    }
  };

  const findAccount = async (identity: Identity): Promise<Account> => {
    if (identity.account !== null) {
      const account = await directory.find(identity.account);
      if (account === null) throw refuseCaller('no-account', noAccount, identity.hash);
      return account;
    }
    const signIn = signInOf(identity);
    const known = await directory.findBySignIn(signIn);
    if (known !== null) return known;
    // A machine's notes are somebody's, and nobody but the operator knows whose.
    if (enrols && identity.subject.kind === 'person') return enrol(signIn);
    await noteWaiting(signIn);
    throw refuseCaller('no-account', noAccount, identity.hash);
  };

  return async (caller) => {
    const identity = await authenticate(caller);
    const { id, closed } = await findAccount(identity);
    if (closed !== null) throw refuseCaller('account-closed', closedAccount, identity.hash);
    return { ...identity, account: id };
  };
}

const noAccount =
  "You're signed in, but you have no account on this server. Ask whoever runs it for one. They see your sign-in with: dataans-server account list";
const closedAccount = 'This account has been closed. Ask whoever runs this server.';

function signInOf({ method, name, subject }: Identity): SignIn {
  // Ids of people and of machines come from different lists.
  const id = subject.kind === 'person' ? subject.id : `service:${subject.id}`;
  return { method, issuer: subject.issuer, subject: id, name };
}
