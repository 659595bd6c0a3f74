import { unlockKeyring, type Primitives } from '@dataans/core';
import { readDataKeyIds } from '../account/data-key-ids.ts';
import { followLog } from '../account/follow-log.ts';
import { keepAccess } from '../account/kept-access.ts';
import { noteAccount } from '../account/note-account.ts';
import { openKeptRecord } from '../account/kept-record.ts';
import type { SignInRequest } from '../account/sign-in-request.ts';
import { readExpiry } from '../account/session-expiry.ts';
import { signIn, type SignedIn } from '../account/sign-in.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import type { Store } from '../store/store.ts';
import { forgetRefusal } from '../status/last-problem.ts';
import type { ServerConnection } from '../connection/server-connection.ts';
import type { KeptAccount } from './kept-account.ts';
import type { KeyStore } from './key-store.ts';

export interface BrowserSignInDependencies {
  readonly primitives: Primitives;
  readonly keys: KeyStore;
  readonly store: Pick<Store, 'facts' | 'log'>;
  /** To the server of the request, with its access. */
  readonly connection: ServerConnection;
}

/** Signs in, and keeps what was opened in the forms that a browser may keep. // BRW-4, BRW-6 */
export async function signInBrowser(
  dependencies: BrowserSignInDependencies,
  request: SignInRequest,
): Promise<{ readonly signedIn: SignedIn; readonly account: KeptAccount }> {
  const { primitives, keys, store, connection } = dependencies;
  const { facts } = store;
  const server = connection.address;
  const unconfirmed = await readUnconfirmed(keys, server);
  const kept = await keys.read('record');
  const expires = await readExpiry(connection, request.signal);
  const signedIn = await signIn({
    connection,
    primitives,
    password: request.password,
    passphrase: request.passphrase,
    existingKeyring: () =>
      openKeptRecord(primitives, kept, request.password, request.passphrase ?? unconfirmed),
    kept,
    unconfirmed,
    keepUnconfirmed: (passphrase) => keys.write({ unconfirmed: { server, passphrase: passphrase.reveal() } }),
    storeKeyIds: readDataKeyIds(facts),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  const { keyring, record } = signedIn;
  const passphrase = signedIn.passphrase.reveal();
  const account: KeptAccount = {
    server,
    device: request.device,
    passphrase,
    access: keepAccess(request.access),
    expires,
    keyring: await unlockKeyring(primitives, keyring),
  };
  noteAccount(facts, server, signedIn);
  followLog(store, primitives.hash, signedIn);
  await keys.write({ account, record, unconfirmed: null });
  forgetRefusal(facts);
  return { signedIn, account };
}

async function readUnconfirmed(keys: KeyStore, server: string): Promise<Secret | null> {
  const kept = await keys.read('unconfirmed');
  return kept?.server === server ? createSecret(kept.passphrase) : null;
}
