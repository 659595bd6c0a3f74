import { statSync } from 'node:fs';
import { join } from 'node:path';
import {
  bytesToUtf8,
  DataansError,
  decodeKeyring,
  encodeKeyring,
  utf8ToBytes,
  type Keyring,
} from '@dataans/core';
import * as v from 'valibot';
import type { Access } from '../account/access.ts';
import { keepAccess, readAccess } from '../account/kept-access.ts';
import { readJsonFile } from './json-file.ts';
import { writeFileWhole } from './write-file.ts';

/** What opens this home's data and lets it in at its server. Secret. */
export interface StoredCredentials {
  readonly keyring: Keyring;
  readonly access: Access;
}

const accessShape = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('bearer'), token: v.string() }),
  v.object({ kind: v.literal('cloudflare-access'), clientId: v.string(), clientSecret: v.string() }),
]);
const credentialsShape = v.object({ version: v.literal(1), keyring: v.unknown(), access: accessShape });

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
    throw new DataansError('storage-unusable', `${path} is damaged: it holds no keyring.`, {
      advice: 'Move it away and sign in again. The notes are not in it.',
    });
  return { keyring, access: readAccess(read.access) };
}

export function writeCredentials(path: string, { keyring, access }: StoredCredentials): Promise<void> {
  const content = {
    version: 1,
    keyring: JSON.parse(bytesToUtf8(encodeKeyring(keyring)) ?? 'null') as unknown,
    access: keepAccess(access),
  };
  return writeFileWhole(path, `${JSON.stringify(content, null, 2)}\n`);
}

/** Reads the credential again when the file was replaced: somebody has signed in meanwhile. */
export function createAccessReader(path: string): () => Access {
  let readAt: string | null = null;
  let access: Access = { kind: 'none' };
  return () => {
    const stamp = fileStamp(path);
    if (stamp !== readAt) access = readCredentials(path)?.access ?? { kind: 'none' };
    readAt = stamp;
    return access;
  };
}

function fileStamp(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeNs}`;
}
