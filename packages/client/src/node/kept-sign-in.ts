import type { Primitives } from '@dataans/core';
import { unlockKeyring } from '@dataans/core';
import type { KeptSignIn } from '../home/kept-sign-in.ts';
import {
  createAccessReader,
  createKeyringReader,
  credentialsPath,
  readCredentials,
  writeCredentials,
} from './credentials.ts';
import { eraseHome } from './erase-home.ts';
import { createKeptRecord } from './kept-record.ts';
import { makeFolder } from './make-folder.ts';
import { profilePath, readProfile, writeProfile } from './profile.ts';
import { forgetUnconfirmed, keepUnconfirmed, readUnconfirmed } from './unconfirmed-passphrase.ts';

/** A sign-in in files of the home, each for its owner only. Other processes may change them at any time. */
export function createKeptSignIn(directory: string, primitives: Primitives): KeptSignIn {
  const secrets = credentialsPath(directory);
  const profile = profilePath(directory);
  const record = createKeptRecord(directory);
  return {
    profile: () => readProfile(profile),
    session: () => readCredentials(secrets),
    accessReader: (server, signedOut) => {
      const credentials = readCredentials(secrets);
      if (credentials === null) throw signedOut();
      return createAccessReader(secrets, server, credentials.keyring, signedOut);
    },
    readKeyring: createKeyringReader(secrets, (keyring) => unlockKeyring(primitives, keyring)),
    keyringSecrets: () => readCredentials(secrets)?.keyring ?? null,
    record,
    readUnconfirmed: async (server) => readUnconfirmed(directory, server),
    keepUnconfirmed: (server, passphrase) => {
      makeFolder(directory);
      return keepUnconfirmed(directory, server, passphrase);
    },
    keep: async ({ keyring, passphrase, server, device, access, expires, ...proven }) => {
      await writeProfile(profile, { server, passphrase, device });
      await record.write(proven.record, null);
      await writeCredentials(secrets, { keyring, access, server, expires });
      await forgetUnconfirmed(directory);
    },
    keepAccess: async (server, access, expires) => {
      const credentials = readCredentials(secrets);
      if (credentials !== null) await writeCredentials(secrets, { ...credentials, access, server, expires });
    },
    keepChange: async (changed) => {
      const credentials = readCredentials(secrets);
      if (credentials !== null) await writeCredentials(secrets, { ...credentials, keyring: changed.keyring });
      await record.write(changed.record, changed.passphrase.reveal());
    },
    forget: () => eraseHome(directory, 'credentials'),
  };
}
