import { statfs } from 'node:fs/promises';
import type { Settings } from '../config/read-settings.ts';
import type { ChunkSource, ChunkUsage } from '../chunks/chunk-store.ts';
import { walkChunks } from '../chunks/walk-chunks.ts';
import { openDataFolderToRead, readBackupRecord } from '../storage/data-folder.ts';
import { version } from '../version.ts';
import { formatJson, formatTable, type Output } from './output.ts';

/** Prints what a data folder holds and when it was backed up last. Works while the server runs. */
export async function printStatus(settings: Settings, output: Output, asJson: boolean): Promise<void> {
  const { dataFolder, chunkPlace, backups } = settings;
  const { log, chunks: stored } = await openDataFolderToRead(dataFolder, chunkPlace);
  try {
    const { seq } = await log.head();
    const { bavail, bsize } = await statfs(dataFolder);
    const chunks = await countChunks(stored);
    const record = await readBackupRecord(dataFolder);
    const status = {
      version,
      dataFolder,
      operations: seq,
      chunks: chunks.count,
      chunkBytes: chunks.bytes,
      freeBytes: bavail * bsize,
      backupFolder: backups?.folder ?? record?.folder ?? null,
      lastBackup: isoOrNull(record?.made ?? null),
      lastProof: isoOrNull(record?.proved ?? null),
    };
    if (asJson) return output.stdout(formatJson(status));
    const words: Readonly<Record<keyof typeof status, string>> = {
      version: 'version',
      dataFolder: 'data folder',
      operations: 'operations',
      chunks: 'chunks',
      chunkBytes: 'bytes of chunks',
      freeBytes: 'free bytes',
      backupFolder: 'backups go to',
      lastBackup: 'last good backup',
      lastProof: 'last proof of it',
    };
    const rows = Object.entries(status).map(([key, value]) => [
      // The keys are those of the status.
      words[key as keyof typeof words],
      String(value ?? 'none'),
    ]);
    output.stdout(formatTable({ header: ['WHAT', 'NOW'], rows }));
  } finally {
    await log.close();
  }
}

async function countChunks(chunks: ChunkSource): Promise<ChunkUsage> {
  let [count, bytes] = [0, 0];
  for await (const { size } of walkChunks(chunks)) [count, bytes] = [count + 1, bytes + size];
  return { count, bytes };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
