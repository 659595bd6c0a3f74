import { DataansError } from '@dataans/core';

/** The error of a file system call as one that says which path, what is wrong with it, and what to do. */
export function explainFileFault(error: unknown, path: string): DataansError {
  if (isNoSpace(error))
    return new DataansError('storage-full', `No space is left to write ${path}.`, {
      advice: 'Free up space, then try again. Nothing is lost.',
      cause: error,
    });
  return new DataansError('storage-unusable', `Can't use ${path}: ${describeFault(error)}.`, {
    advice: 'Check that the folder exists and that you can write to it.',
    cause: error,
  });
}

/** Node has no name for a used-up quota on Linux, and another number on BSD and macOS. */
const quotaNumbers: ReadonlySet<unknown> = new Set([-122, -69]);

/** Whether nothing more goes in: no space is left, or the person's share of it is used up. */
export function isNoSpace(error: unknown): boolean {
  const code = faultCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return true;
  return error instanceof Error && 'errno' in error && quotaNumbers.has(error.errno);
}

/** What is wrong, as the end of a sentence. */
export function describeFault(error: unknown): string {
  if (isNoSpace(error)) return 'no space is left';
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
