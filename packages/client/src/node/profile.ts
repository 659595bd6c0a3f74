import { join } from 'node:path';
import * as v from 'valibot';
import type { Profile } from '../account/profile.ts';
import { createSecret } from '../platform/secret.ts';
import { readJsonFile } from './json-file.ts';
import { writeFileWhole } from './write-file.ts';

const profileShape = v.object({
  version: v.literal(1),
  server: v.string(),
  passphrase: v.string(),
  device: v.string(),
});

export function profilePath(directory: string): string {
  return join(directory, 'profile.json');
}

/**
 * A profile as it was written; `null` where there is no such file.
 *
 * @throws DataansError `storage-unusable` where it is damaged
 */
export function readProfile(path: string): Profile | null {
  const read = readJsonFile(path, profileShape);
  return read === null
    ? null
    : { server: read.server, passphrase: createSecret(read.passphrase), device: read.device };
}

/** The profile of the home in a directory; `null` before the first sign-in. */
export function readHomeProfile(directory: string): Profile | null {
  return readProfile(profilePath(directory));
}

export function writeProfile(path: string, { server, passphrase, device }: Profile): Promise<void> {
  const content = { version: 1, server, passphrase: passphrase.reveal(), device };
  return writeFileWhole(path, `${JSON.stringify(content, null, 2)}\n`);
}
