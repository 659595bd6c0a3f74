import type { ErrorCode, ProblemCode } from '@dataans/core';

/** The server takes no more now, of this account or at all: whatever else waits would fare no better. */
export function hasNoRoom(code: ErrorCode | ProblemCode): boolean {
  return code === 'storage-full' || code === 'over-quota';
}
