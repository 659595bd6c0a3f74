import { DataansError } from '@dataans/core';

export function describeError(error: unknown): string {
  if (error instanceof DataansError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
