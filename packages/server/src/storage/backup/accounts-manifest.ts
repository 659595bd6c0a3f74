import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToJson, isUuid } from '@dataans/core';
import * as v from 'valibot';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import type { AccountId } from '../../stores/directory.ts';
import { nullIfAbsent } from '../disk/absent.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { backupFiles, isDirectoryFileName } from './backup-files.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const shape = v.object({
  format: v.literal('dataans-server backup of accounts'),
  version: v.literal(1),
  /** Counts the finished backups in this folder, from 1. */
  number: v.pipe(count, v.minValue(1)),
  made: v.pipe(v.string(), v.isoTimestamp()),
  program: v.string(),
  /** Whose the accounts are. */
  directory: v.object({
    name: v.pipe(v.string(), v.check(isDirectoryFileName)),
    bytes: count,
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  }),
  /** Those that have a backup in `accounts/`. */
  accounts: v.array(
    v.pipe(
      v.string(),
      v.check((text) => isUuid(text)),
      // It was just looked at.
      v.transform((text) => text as AccountId),
    ),
  ),
});

/** What a finished backup of many accounts says of itself. // SRV-116 */
export type AccountsManifest = Readonly<v.InferOutput<typeof shape>>;

/** `null` where there is none. Throws `OperatorError` where it cannot be understood. */
export async function readAccountsManifest(folder: string): Promise<AccountsManifest | null> {
  const path = join(folder, backupFiles.accounts);
  const bytes = await nullIfAbsent(readFile(path));
  if (bytes === null) return null;
  const manifest = v.safeParse(shape, bytesToJson(bytes));
  if (manifest.success) return manifest.output;
  throw new OperatorError(
    `${path} is damaged, or of a newer dataans-server. Use that version, or another backup.`,
    { exitCode: exitCodes.integrity },
  );
}

export function writeAccountsManifest(
  folder: string,
  manifest: Omit<AccountsManifest, 'format' | 'version'>,
): Promise<void> {
  const whole: AccountsManifest = { format: 'dataans-server backup of accounts', version: 1, ...manifest };
  return replaceFile(join(folder, backupFiles.accounts), JSON.stringify(whole, null, 2) + '\n');
}

/** The backup of one account, which is the same as that of a server with one. */
export function backupOfAccount(folder: string, id: AccountId): string {
  return join(folder, 'accounts', id);
}
