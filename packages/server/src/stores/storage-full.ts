import { isErrorCode } from '../system-error.ts';

/** Thrown by every store when no space is left. Nothing of the call was stored; the store stays usable. */
export class StorageFullError extends Error {
  override readonly name = 'StorageFullError';

  constructor(cause: unknown) {
    super('No space is left.', { cause });
  }
}

/** The error of a file system as ours, where it says that no space is left; else the same error. */
export function asStorageFull(error: unknown): unknown {
  return isErrorCode(error, 'ENOSPC') || isErrorCode(error, 'EDQUOT') ? new StorageFullError(error) : error;
}
