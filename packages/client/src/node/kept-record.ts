import { join } from 'node:path';
import { parseAccountRecord, type AccountRecord } from '@dataans/core';
import * as v from 'valibot';
import type { KeptRecord } from '../account/kept-record.ts';
import { createSecret, type Secret } from '../platform/secret.ts';
import { readJsonFile } from './json-file.ts';
import { profilePath, readProfile, writeProfile } from './profile.ts';
import { writeFileWhole } from './write-file.ts';

const recordShape = v.custom<AccountRecord>((value) => parseAccountRecord(value) !== null);

/**
 * The kept account record of a home in a file, mode 0600. The passphrase goes first: if this dies in between, the record
 * is still the older one, and the next sync writes both again.
 */
export function createKeptRecord(directory: string): KeptRecord {
  const path = join(directory, 'account.json');
  return {
    read: async () => readJsonFile(path, recordShape),
    write: async (record, passphrase) => {
      if (passphrase !== null) await keepPassphrase(directory, createSecret(passphrase));
      await writeFileWhole(path, `${JSON.stringify(record)}\n`);
    },
  };
}

async function keepPassphrase(directory: string, passphrase: Secret): Promise<void> {
  const path = profilePath(directory);
  const profile = readProfile(path);
  if (profile === null || profile.passphrase.reveal() === passphrase.reveal()) return;
  await writeProfile(path, { ...profile, passphrase });
}
