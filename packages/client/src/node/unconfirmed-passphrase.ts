import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { createSecret, type Secret } from '../platform/secret.ts';
import { readJsonFile } from './json-file.ts';
import { writeFileWhole } from './write-file.ts';

const shape = v.object({ version: v.literal(1), server: v.string(), passphrase: v.string() });

function pathIn(directory: string): string {
  return join(directory, 'sign-in.json');
}

/** The passphrase that a sign-in to this server generated and did not live to show. // ACC-4 */
export function readUnconfirmed(directory: string, server: string): Secret | null {
  const read = readJsonFile(pathIn(directory), shape);
  return read?.server === server ? createSecret(read.passphrase) : null;
}

export function keepUnconfirmed(directory: string, server: string, passphrase: Secret): Promise<void> {
  const content = { version: 1, server, passphrase: passphrase.reveal() };
  return writeFileWhole(pathIn(directory), `${JSON.stringify(content)}\n`);
}

export async function forgetUnconfirmed(directory: string): Promise<void> {
  await rm(pathIn(directory), { force: true });
}
