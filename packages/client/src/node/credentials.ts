import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  bytesToUtf8,
  DataansError,
  decodeKeyring,
  encodeKeyring,
  handOverHeaders,
  utf8ToBytes,
  type Keyring,
  type UnlockedKeyring,
} from '@dataans/core';
import * as v from 'valibot';
import type { Access } from '../connection/access.ts';
import { accessToPlain, plainToAccess } from '../account/plain-access.ts';
import { msToIso, timeTextToMs } from '../platform/time-text.ts';
import { readJsonFile } from './json-file.ts';
import { writeFileWhole } from './write-file.ts';

/** What opens this home's data and lets it in at its server. Secret. */
export interface StoredCredentials {
  readonly keyring: Keyring;
  readonly access: Access;
  /** The one server that the access is for; `null` where an earlier version wrote it: the one of the profile. */
  readonly server: string | null;
  /** Milliseconds since 1970 UTC at which the server said that the access ends; `null`: not known, or never. */
  readonly expires: number | null;
}

const accessShape = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('bearer'), token: v.string() }),
  v.object({ kind: v.literal('cloudflare-access'), clientId: v.string(), clientSecret: v.string() }),
  v.object({
    kind: v.literal('access-token'),
    header: v.picklist(handOverHeaders),
    token: v.string(),
    source: v.picklist(['browser', 'cloudflared']),
  }),
]);
const credentialsShape = v.object({
  version: v.literal(1),
  keyring: v.unknown(),
  access: accessShape,
  server: v.optional(v.nullable(v.string()), null),
  expires: v.optional(v.nullable(v.string()), null),
});

export function credentialsPath(directory: string): string {
  return join(directory, 'credentials.json');
}

/**
 * `null` where nobody is signed in.
 *
 * @throws DataansError `storage-unusable` where the file is damaged
 */
export function readCredentials(path: string): StoredCredentials | null {
  const read = readJsonFile(path, credentialsShape);
  if (read === null) return null;
  const keyring = decodeKeyring(utf8ToBytes(JSON.stringify(read.keyring)));
  if (keyring === null)
    throw new DataansError('storage-unusable', `${path} is damaged or was edited: it has no keyring.`, {
      advice: "Move it aside and sign in again. Your notes aren't stored in it.",
    });
  const { server } = read;
  const expires = read.expires === null ? null : timeTextToMs(read.expires);
  return { keyring, access: plainToAccess(read.access), server, expires };
}

export function writeCredentials(path: string, credentials: StoredCredentials): Promise<void> {
  const { keyring, access, server, expires } = credentials;
  const content = {
    version: 1,
    keyring: JSON.parse(bytesToUtf8(encodeKeyring(keyring)) ?? 'null') as unknown,
    access: accessToPlain(access),
    server,
    expires: expires === null ? null : msToIso(expires),
  };
  return writeFileWhole(path, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Reads the credential again when the file was replaced: somebody has signed in meanwhile. What is meant for
 * another server is none for this one. // ACC-7
 *
 * @param keyring of whoever asks: what works with it ends when the home is signed out, or in to another account
 * @param signedOut the error that they end with // ACC-11
 */
export function createAccessReader(
  path: string,
  server: string,
  keyring: Pick<Keyring, 'current'>,
  signedOut: () => DataansError,
): () => Access {
  let readAt: string | null = null;
  let access: Access = { kind: 'none' };
  return () => {
    const stamp = fileStamp(path);
    if (stamp !== readAt) {
      const credentials = readCredentials(path);
      if (credentials?.keyring.keys.some(({ id }) => id === keyring.current) !== true) throw signedOut();
      access = accessFor(server, credentials);
    }
    readAt = stamp;
    return access;
  };
}

/**
 * Unlocks the keyring again when the file was replaced by one with other keys. After a sign-out what was unlocked goes
 * on: what is under way comes to its end.
 */
export function createKeyringReader(
  path: string,
  unlock: (keyring: Keyring) => Promise<UnlockedKeyring>,
): () => Promise<UnlockedKeyring | null> {
  let readAt: string | null = null;
  let unlocked: Promise<UnlockedKeyring> | null = null;
  let unlockedFrom = '';
  return async () => {
    const stamp = fileStamp(path);
    if (stamp !== readAt) {
      const keyring = readCredentials(path)?.keyring;
      const encoded = keyring === undefined ? '' : (bytesToUtf8(encodeKeyring(keyring)) ?? '');
      if (keyring !== undefined && encoded !== unlockedFrom) {
        unlocked = unlock(keyring);
        unlockedFrom = encoded;
      }
      readAt = stamp;
    }
    return unlocked;
  };
}

function accessFor(server: string, credentials: StoredCredentials): Access {
  const isMeant = (credentials.server ?? server) === server;
  return isMeant ? credentials.access : { kind: 'none' };
}

function fileStamp(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeNs}`;
}
