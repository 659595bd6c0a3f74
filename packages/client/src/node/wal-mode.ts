import type { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqlite-fault.ts';

const pauseMs = 5;

/**
 * Puts a SQLite file into WAL mode, and lets the connection wait for others for `waitMs`, now as later. SQLite
 * itself refuses a switch at once, whatever the timeout, while somebody else makes theirs.
 */
export function switchToWal(
  database: Pick<DatabaseSync, 'exec'>,
  waitMs: number,
  pause: () => void = pauseBriefly,
): void {
  database.exec('PRAGMA busy_timeout = 0');
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      break;
    } catch (error) {
      if (waitedMs >= waitMs || !isBusy(error)) throw error;
      pause();
    }
  }
  database.exec(`PRAGMA busy_timeout = ${waitMs}`);
}

/** Opening a store is synchronous. */
function pauseBriefly(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
}
