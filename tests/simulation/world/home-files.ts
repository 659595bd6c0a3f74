import { copyFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs';

/** Copies a database as it is now, with what is only in its write-ahead log: as after a crash. */
export function copyDatabase(from: string, to: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(to + part, { force: true });
  for (const part of ['', '-wal']) if (existsSync(from + part)) copyFileSync(from + part, to + part);
}

/** How long the write-ahead log of a database is. */
export function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** A loss of power leaves of the write-ahead log what was synced, and any part of the rest. */
export function cutWal(path: string, bytes: number): void {
  if (walBytes(path) > bytes) truncateSync(`${path}-wal`, bytes);
}
