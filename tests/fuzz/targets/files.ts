import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataansError, utf8ToBytes } from '@dataans/core';
import { parseServerAddress } from '@dataans/client';
import { findLinks } from '../../../packages/client/src/links/find-links.ts';
import { createKeptRecord } from '../../../packages/client/src/node/kept-record.ts';
import { readCredentials } from '../../../packages/client/src/node/credentials.ts';
import { readProfile } from '../../../packages/client/src/node/profile.ts';
import { vectors } from '../../vectors/vector-files.ts';
import type { Json } from '../mutate/json.ts';
import { varyBytes, varyJson } from '../mutate/vary.ts';
import type { Target } from '../target.ts';

const keyring = JSON.parse(vectors.keyring.valid[0]?.encoded ?? '') as Json; // Which JSON.parse gives.
const records = vectors.account.valid.map(({ record }) => record as Json);
const profile = { version: 1, server: 'http://127.0.0.1:8000', passphrase: 'some words', device: 'Laptop' };
const accesses: readonly Json[] = [
  { kind: 'none' },
  { kind: 'bearer', token: 'dat_x' },
  { kind: 'cloudflare-access', clientId: 'a', clientSecret: 'b' },
];
const addresses = ['https://notes.example.org/path', '127.0.0.1:8000', 'localhost', '[::1]:80', 'http://a@b'];
const markdown = [
  '[a](b.md) ![c](<d e.png> "title") [r]: x.md\n\n```\n[no](n)\n```\n`[no](n)` \\[no](n) [a [b](c)](d)\n',
];

/** What a device reads from its own disk, from a person, and out of notes of others: any of it may be anything. */
export function createFileTargets(folder: string): readonly Target[] {
  const path = join(folder, 'account.json');
  const write = (input: Uint8Array): void => {
    writeFileSync(path, input);
  };
  return [
    {
      name: 'profile',
      share: 0.2,
      make: (chance) => varyJson([profile], chance),
      read: (input) => {
        write(input);
        refusing(() => readProfile(path));
      },
    },
    {
      name: 'credentials',
      share: 0.2,
      make: (chance) =>
        varyJson(
          accesses.map((access) => ({ version: 1, keyring, access })),
          chance,
        ),
      read: (input) => {
        write(input);
        refusing(() => readCredentials(path));
      },
    },
    {
      name: 'kept-record',
      share: 0.2,
      make: (chance) => varyJson(records, chance),
      read: async (input) => {
        write(input);
        await createKeptRecord(folder).read().catch(requireRefusal);
      },
    },
    {
      name: 'address',
      make: (chance) => varyBytes(addresses.map(utf8ToBytes), chance),
      read: (input) => refusing(() => parseServerAddress(Buffer.from(input).toString())),
    },
    {
      name: 'links',
      share: 0.5,
      make: (chance) => varyBytes(markdown.map(utf8ToBytes), chance),
      read: (input) => {
        findLinks(Buffer.from(input).toString());
      },
    },
  ];
}

function refusing(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    requireRefusal(error);
  }
}

function requireRefusal(error: unknown): void {
  if (!(error instanceof DataansError)) throw error;
}
