import type { StorageFailure } from '../../stores/storage-health.ts';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';

/** Node has no name for a used-up quota on Linux, and another number on BSD and macOS. */
const quotaNumbers: ReadonlySet<unknown> = new Set([-122, -69]);

const failureByCode: Readonly<Record<string, StorageFailure>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
};

/** What keeps the system from its work for a while, with no fault of the program in it. */
const passingCodes: ReadonlySet<string> = new Set([
  'EROFS',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ESTALE',
  'ENODEV',
  'ENXIO',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENOTCONN',
]);

/** What an error of a file system says about the place where it came up. */
export function failureOf(error: unknown): StorageFailure {
  if (!(error instanceof Error)) return 'faulty';
  if ('errno' in error && quotaNumbers.has(error.errno)) return 'full';
  return ('code' in error && failureByCode[String(error.code)]) || 'faulty';
}

/** The error of a file system as one that every store has, if it is about the place; else the same error. */
export function asDiskError(error: unknown): unknown {
  if (failureOf(error) === 'full') return new StorageFullError(error);
  const isPassing = error instanceof Error && 'code' in error && passingCodes.has(String(error.code));
  return isPassing ? new StorageUnavailableError(error) : error;
}
