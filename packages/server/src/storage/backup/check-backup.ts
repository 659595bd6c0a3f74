import { join } from 'node:path';
import { checkChunks } from '../../check/check-chunks.ts';
import { createFindings, type Findings } from '../../check/findings.ts';
import { OperatorError } from '../../operator-error.ts';
import { nullIfAbsent } from '../disk/absent.ts';
import { readDiskChunks } from '../disk/disk-chunk-files.ts';
import { syncAndHashFile } from '../disk/sync-and-hash-file.ts';
import { listBackups } from './kept-backups.ts';
import type { Manifest } from './manifest.ts';

export interface CheckedBackup {
  readonly manifest: Manifest;
  /** How many backups there are, the newest among them. */
  readonly backups: number;
  readonly chunks: { readonly count: number; readonly bytes: number };
  readonly damage: Findings;
}

/**
 * Proves that the newest backup of a folder, and every earlier one that is kept, is what it was when it was finished:
 * all that a restore reads is hashed. The chain over each log was checked before its hash was taken. // SRV-82
 */
export async function checkBackup(
  folder: string,
  onProgress: (text: string) => void,
): Promise<CheckedBackup> {
  const backups = await listBackups(folder);
  const newest = backups.at(-1);
  if (newest === undefined) throw new OperatorError(`There's no finished backup in ${folder}.`);
  const damage = createFindings();
  for (const { logFile } of backups) {
    onProgress(`Log: ${logFile.name}`);
    const hashed = await nullIfAbsent(syncAndHashFile(join(folder, logFile.name)));
    if (hashed?.sha256 !== logFile.sha256)
      damage.add(`${logFile.name}: ${hashed === null ? 'is gone' : 'other bytes'}`);
  }
  const chunks = await checkChunks(readDiskChunks(folder), (count) => onProgress(`Chunks: ${count}`));
  chunks.damage.first.forEach(damage.add);
  const gone = newest.chunks.count - chunks.count;
  if (gone > 0) damage.add(`chunks: ${gone} of ${newest.chunks.count} are gone`);
  return { manifest: newest, backups: backups.length, chunks, damage: damage.read() };
}
