import { unlockKeyring, type DataansError, type Primitives } from '@dataans/core';
import { accessToPlain, plainToAccess } from '../account/plain-access.ts';
import type { Access } from '../connection/access.ts';
import type { KeptSignIn } from '../home/kept-sign-in.ts';
import { createSecret } from '../platform/secret.ts';
import { readProfile, type KeptAccount } from './kept-account.ts';
import type { KeyStore } from './key-store.ts';

export interface BrowserSignIn extends KeptSignIn {
  /** The key store is gone, with all that was kept in it. */
  erased(): void;
}

/** A sign-in in the forms that a browser may keep. Only the tab that leads changes it. // BRW-4, BRW-6 */
export async function openKeptSignIn(keys: KeyStore, primitives: Primitives): Promise<BrowserSignIn> {
  let account = await keys.read('account');
  const change = async (changed: KeptAccount, others: Parameters<KeyStore['write']>[0] = {}) => {
    await keys.write({ ...others, account: changed });
    account = changed;
  };
  return {
    profile: () => (account === null ? null : readProfile(account)),
    session: () => account,
    accessReader: (server, signedOut) => createAccessReader(server, () => account, signedOut),
    readKeyring: () => Promise.resolve(account?.keyring ?? null),
    keyringSecrets: () => null,
    record: {
      read: () => keys.read('record'),
      write: async (record, passphrase) => {
        if (account === null) await keys.write({ record });
        else await change(passphrase === null ? account : { ...account, passphrase }, { record });
      },
    },
    readUnconfirmed: async (server) => {
      const unconfirmed = await keys.read('unconfirmed');
      return unconfirmed?.server === server ? createSecret(unconfirmed.passphrase) : null;
    },
    keepUnconfirmed: (server, passphrase) =>
      keys.write({ unconfirmed: { server, passphrase: passphrase.reveal() } }),
    keep: async ({ keyring, passphrase, record, server, device, access, expires }) => {
      const unlocked = await unlockKeyring(primitives, keyring);
      const kept = {
        server,
        device,
        passphrase: passphrase.reveal(),
        access: accessToPlain(access),
        expires,
      };
      await change({ ...kept, keyring: unlocked }, { record, unconfirmed: null });
    },
    keepAccess: async (server, access, expires) => {
      if (account !== null) await change({ ...account, server, access: accessToPlain(access), expires });
    },
    keepChange: async ({ keyring, passphrase, record }) => {
      if (account === null) return;
      const unlocked = await unlockKeyring(primitives, keyring);
      await change({ ...account, keyring: unlocked, passphrase: passphrase.reveal() }, { record });
    },
    forget: async () => {
      await keys.write({ account: null, unconfirmed: null });
      account = null;
    },
    erased: () => {
      account = null;
    },
  };
}

/** The same value for as long as the access is: another one means that somebody has signed in again. */
function createAccessReader(
  server: string,
  readAccount: () => KeptAccount | null,
  signedOut: () => DataansError,
): () => Access {
  let from: KeptAccount['access'] | null = null;
  let access: Access = { kind: 'none' };
  return () => {
    const account = readAccount();
    if (account === null) throw signedOut(); // ACC-11
    const kept: KeptAccount['access'] = account.server === server ? account.access : { kind: 'none' }; // ACC-7
    if (from !== account.access) access = plainToAccess(kept);
    from = account.access;
    return access;
  };
}
