import { DataansError } from '@dataans/core';

const codeBusy = 5;
const codeLocked = 6;
const codeReadOnly = 8;
const codeFull = 13;
/** The shared-memory file could not grow: in practice a full disk. */
const codeSharedMemorySize = 10 | (19 << 8);

const reasonByCode: ReadonlyMap<number, string> = new Map([
  [3, 'permission is denied'],
  [codeReadOnly, 'it is read-only'],
  [10, 'the disk reports a fault'],
  [11, 'it is damaged'],
  [14, 'it cannot be opened'],
  [26, 'it is not a database'],
]);

/** Something was to be written to what was opened for reading. */
export function isReadOnlyFault(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && (code & 0xff) === codeReadOnly;
}

/** Somebody else uses the file right now. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && (code & 0xff) === codeBusy;
}

/**
 * An error of `node:sqlite` as one that names the file, what is wrong with it and what to do. What is a
 * mistake of the program (SQL, a constraint) comes back as it is.
 */
export function explainSqliteFault(error: unknown, path: string): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  const primary = code & 0xff;
  if (primary === codeFull || code === codeSharedMemorySize)
    return new DataansError('storage-full', `No space is left to write ${path}.`, {
      advice: 'Free up space, then try again. Nothing is lost.',
      cause: error,
    });
  if (primary === codeBusy || primary === codeLocked)
    return new DataansError('busy', `Another command is writing to ${path}.`, {
      advice: 'Wait for it to finish, then try again.',
      cause: error,
    });
  const reason = reasonByCode.get(primary);
  if (reason === undefined) return error;
  return new DataansError('storage-unusable', `Can't use ${path}: ${reason}.`, {
    advice: 'Check that it belongs to you and that you can write to it. It was left unchanged.',
    cause: error,
  });
}

/** SQLite's extended result code; `null` where the error is not SQLite's. */
function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}
