import { DataansError } from '@dataans/core';

const codeFull = 13;
const unusableCodes: ReadonlySet<number> = new Set([
  8, // SQLITE_READONLY
  10, // SQLITE_IOERR
  11, // SQLITE_CORRUPT
  14, // SQLITE_CANTOPEN
  26, // SQLITE_NOTADB
]);
const busyCodes: ReadonlySet<number> = new Set([
  5, // SQLITE_BUSY
  6, // SQLITE_LOCKED
]);

/**
 * What to throw for a result code of SQLite. A mistake in the SQL itself is a plain error: nobody can do
 * anything about it but the program's author.
 *
 * @param fileFault what the browser's file system said, if it said something
 */
export function sqliteFault(code: number, message: string, fileFault: unknown): Error {
  const primary = code & 0xff;
  const cause = fileFault ?? new Error(`${message} (SQLite result code ${code})`);
  if (primary === codeFull || isQuotaFault(fileFault)) return storageFull(cause);
  if (busyCodes.has(primary)) {
    return new DataansError('busy', 'Another part of the program is using the notes.', { cause });
  }
  if (unusableCodes.has(primary)) return storageUnusable(message, cause);
  return new Error(`${message} (SQLite result code ${code})`);
}

export function storageFull(cause: unknown): DataansError {
  return new DataansError('storage-full', 'This browser has no space left for your notes.', {
    advice: 'Free up space on this device, then try again. Everything saved so far is safe.',
    cause,
  });
}

export function storageUnusable(detail: string, cause: unknown): DataansError {
  return new DataansError(
    'storage-unusable',
    `Your notes in this browser can't be opened: ${detail.replace(/\.$/, '')}.`,
    {
      advice: "Reload the page. If that doesn't help, use another device for now. Nothing here was changed.",
      cause,
    },
  );
}

/** The browser refused a write because the site's share of the disk is used up. */
export function isQuotaFault(fault: unknown): boolean {
  return fault instanceof Error && fault.name === 'QuotaExceededError';
}
