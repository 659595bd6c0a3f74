import { DataansError } from '@dataans/core';

/** The error of a file system call as one that says which path, what is wrong with it, and what to do. */
export function explainFileFault(error: unknown, path: string): DataansError {
  const code = faultCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DataansError('storage-full', `No space is left to write ${path}.`, {
      advice: 'Make room and try again: nothing is lost.',
      cause: error,
    });
  const reason = reasonByCode[code ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return new DataansError('storage-unusable', `${path} cannot be used: ${reason}.`, {
    advice: 'See that the folder exists, belongs to you and can be written.',
    cause: error,
  });
}

export function faultCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const reasonByCode: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports a fault',
};
