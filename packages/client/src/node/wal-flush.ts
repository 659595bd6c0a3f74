import { closeSync, fdatasync, openSync } from 'node:fs';

/** Brings the write-ahead log of a database to disk in the background. */
export interface WalFlush {
  /** Begins, unless it is at it. */
  begin(): void;
  /** Comes before the database is closed. */
  end(): void;
}

/**
 * SQLite flushes the log only in a commit, where everything waits. A second descriptor of the same file does it
 * meanwhile: SQLite's locks are on its other files, so that closing this one drops none of them.
 *
 * @param path of a database in WAL mode
 */
export function createWalFlush(path: string): WalFlush {
  let descriptor: number | null = null;
  let isFlushing = false;
  let hasEnded = false;

  const close = (): void => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  return {
    begin: () => {
      if (isFlushing || hasEnded) return;
      try {
        descriptor ??= openSync(`${path}-wal`, 'r+');
      } catch {
        return; // Whatever is wrong, the next commit meets it and can say so.
      }
      isFlushing = true;
      fdatasync(descriptor, () => {
        isFlushing = false; // As above: an error of the disk is told to each descriptor once.
        if (hasEnded) close();
      });
    },
    end: () => {
      hasEnded = true;
      if (!isFlushing) close();
    },
  };
}
