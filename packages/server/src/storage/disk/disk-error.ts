import { StorageFullError } from '../../stores/storage-full.ts';
import { isErrorCode } from '../../system-error.ts';

/** The error of a file system as ours, where it says that no space is left; else the same error. */
export function asStorageFull(error: unknown): unknown {
  return isErrorCode(error, 'ENOSPC') || isErrorCode(error, 'EDQUOT') ? new StorageFullError(error) : error;
}
