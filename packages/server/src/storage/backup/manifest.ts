import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToJson, isUuid } from '@dataans/core';
import * as v from 'valibot';
import { exitCodes, OperatorError } from '../../operator-error.ts';
import { nullIfAbsent } from '../disk/absent.ts';
import { replaceFile } from '../disk/replace-file.ts';
import { backupFiles, isLogFileName, keptManifestName } from './backup-files.ts';

const version = 1;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sha256Hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const manifestShape = v.object({
  format: v.literal('dataans-server backup'),
  version: v.literal(version),
  /** Counts the finished backups in this folder, from 1. */
  number: v.pipe(count, v.minValue(1)),
  made: v.pipe(v.string(), v.isoTimestamp()),
  program: v.string(),
  log: v.pipe(
    v.string(),
    v.check((text) => isUuid(text)),
  ),
  head: count,
  /** The chain at the head. */
  chain: sha256Hex,
  logFile: v.object({ name: v.pipe(v.string(), v.check(isLogFileName)), bytes: count, sha256: sha256Hex }),
  chunks: v.object({ count, bytes: count }),
});

/** What a finished backup says of itself. */
export type Manifest = Readonly<v.InferOutput<typeof manifestShape>>;

/**
 * The newest backup of a folder, or an earlier one that was kept. `null` where there is none. Throws `OperatorError`
 * where it cannot be understood.
 *
 * @param kept the number of the earlier one
 */
export async function readManifest(folder: string, kept?: number): Promise<Manifest | null> {
  const path = join(folder, kept === undefined ? backupFiles.manifest : keptManifestName(kept));
  const bytes = await nullIfAbsent(readFile(path));
  if (bytes === null) return null;
  const value = bytesToJson(bytes);
  if (v.is(v.object({ version: v.pipe(v.number(), v.minValue(version + 1)) }), value))
    throw new OperatorError(
      `The backup in ${folder} was made by a newer dataans-server. Use that version or a later one.`,
    );
  const manifest = v.safeParse(manifestShape, value);
  if (manifest.success) return manifest.output;
  throw new OperatorError(`${path} is damaged. Use another backup, or another folder for a new one.`, {
    exitCode: exitCodes.integrity,
  });
}

export function writeManifest(folder: string, manifest: Omit<Manifest, 'format' | 'version'>): Promise<void> {
  const whole: Manifest = { format: 'dataans-server backup', version, ...manifest };
  return replaceFile(join(folder, backupFiles.manifest), manifestText(whole));
}

/** Keeps the newest backup findable when a newer one takes its place. // SRV-81 */
export function writeKeptManifest(folder: string, manifest: Manifest): Promise<void> {
  return replaceFile(join(folder, keptManifestName(manifest.number)), manifestText(manifest));
}

function manifestText(manifest: Manifest): string {
  return JSON.stringify(manifest, null, 2) + '\n';
}
