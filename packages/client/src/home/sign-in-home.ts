import { readDataKeyIds } from '../account/data-key-ids.ts';
import { followLog } from '../account/follow-log.ts';
import { openKeptRecord } from '../account/kept-record.ts';
import { noteAccount } from '../account/note-account.ts';
import { readExpiry } from '../account/session-expiry.ts';
import type { SignInRequest } from '../account/sign-in-request.ts';
import { signIn, type SignedIn } from '../account/sign-in.ts';
import { stretchOnce } from '../account/stretch-once.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import { forgetRefusal } from '../status/last-problem.ts';
import type { Store } from '../store/store.ts';
import type { HomePlatform } from './home-platform.ts';
import type { Meeting } from './meet-server.ts';

export interface SignInDependencies {
  readonly platform: HomePlatform;
  /** To the server of the request, with its access. */
  readonly connection: ServerConnection;
  /** What that server said a moment ago; `null` if it was not asked. */
  readonly met: Pick<Meeting, 'log' | 'expires'> | null;
  /** Makes it, if there is none. */
  readonly openStore: () => Store;
}

/** Proves the credentials, and then keeps what they open. What is not proven leaves nothing behind. // ACC-1 */
export async function signInHome(
  { platform, connection, met, openStore }: SignInDependencies,
  request: SignInRequest,
): Promise<SignedIn> {
  const { kept } = platform;
  const { server, access, device, password, passphrase, signal } = request;
  const primitives = stretchOnce(platform.primitives);
  const expires = met === null ? await readExpiry(connection, signal) : met.expires;
  const unconfirmed = await kept.readUnconfirmed(server);
  const record = await kept.record.read();
  const signedIn = await signIn({
    connection,
    primitives,
    password,
    passphrase,
    existingKeyring: async () =>
      kept.keyringSecrets() ?? openKeptRecord(primitives, record, password, passphrase ?? unconfirmed),
    kept: record,
    unconfirmed,
    keepUnconfirmed: (generated) => kept.keepUnconfirmed(server, generated),
    storeKeyIds: platform.isStoreMissing() ? [] : readDataKeyIds(openStore().facts),
    ...(met === null ? {} : { toldLog: met.log }),
    ...(signal === undefined ? {} : { signal }),
  });
  const store = openStore();
  noteAccount(store.facts, server, signedIn);
  followLog(store, primitives.hash, signedIn);
  await kept.keep({ ...signedIn, server, device, access, expires });
  forgetRefusal(store.facts);
  return signedIn;
}
