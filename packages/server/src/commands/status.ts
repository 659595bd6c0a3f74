import { statfs } from 'node:fs/promises';
import type { Settings } from '../config/read-settings.ts';
import type { ChunkSource, ChunkUsage } from '../chunks/chunk-store.ts';
import { walkChunks } from '../chunks/walk-chunks.ts';
import { openStoresToRead, storesToText } from '../storage/open-stores.ts';
import { version } from '../version.ts';
import { formatJson, formatTable, type Output } from './output.ts';

/** Prints what a server keeps and when it was backed up last. Works while the server runs. */
export async function printStatus(settings: Settings, output: Output, asJson: boolean): Promise<void> {
  const { dataFolder, backups, database } = settings;
  const { log, chunks: stored, ...stores } = await openStoresToRead(settings);
  try {
    const { seq } = await log.head();
    const { bavail, bsize } = database === null ? await statfs(dataFolder) : noRoom;
    const chunks = await countChunks(stored);
    const record = await stores.readBackupRecord();
    const status = {
      version,
      ...(database === null ? { dataFolder } : { database: storesToText(settings) }),
      operations: seq,
      chunks: chunks.count,
      chunkBytes: chunks.bytes,
      freeBytes: bavail === null ? null : bavail * bsize,
      backupFolder: backups?.folder ?? record?.folder ?? null,
      lastBackup: isoOrNull(record?.made ?? null),
      lastProof: isoOrNull(record?.proved ?? null),
    };
    if (asJson) return output.stdout(formatJson(status));
    const rows = Object.entries(status).map(([key, value]) => [
      wordsByKey[key] ?? key,
      String(value ?? 'none'),
    ]);
    output.stdout(formatTable({ header: ['WHAT', 'NOW'], rows }));
  } finally {
    await stores.close();
  }
}

const wordsByKey: Readonly<Record<string, string>> = {
  version: 'version',
  dataFolder: 'data folder',
  database: 'database',
  operations: 'operations',
  chunks: 'chunks',
  chunkBytes: 'bytes of chunks',
  freeBytes: 'free bytes',
  backupFolder: 'backups go to',
  lastBackup: 'last good backup',
  lastProof: 'last proof of it',
};

/** Only the database knows how much room it has. */
const noRoom = { bavail: null, bsize: 1 };

async function countChunks(chunks: ChunkSource): Promise<ChunkUsage> {
  let [count, bytes] = [0, 0];
  for await (const { size } of walkChunks(chunks)) [count, bytes] = [count + 1, bytes + size];
  return { count, bytes };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
