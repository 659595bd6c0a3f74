import { DataansError } from '@dataans/core';

/** The error of a file system call as one that says which path, what is wrong with it, and what to do. */
export function explainFileFault(error: unknown, path: string): DataansError {
  const code = faultCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DataansError('storage-full', `No space is left to write ${path}.`, {
      advice: 'Make room and try again: nothing is lost.',
      cause: error,
    });
  return new DataansError('storage-unusable', `${path} cannot be used: ${describeFault(error)}.`, {
    advice: 'See that the folder exists, belongs to you and can be written.',
    cause: error,
  });
}

/** What is wrong, as the end of a sentence. */
export function describeFault(error: unknown): string {
  return reasonByCode[faultCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
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
  EEXIST: 'a file has its name',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports a fault',
};
