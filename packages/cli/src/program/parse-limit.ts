import { UsageError } from '../usage-error.ts';

/** A count from 1. */
export function parseLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(limit) || limit < 1) {
    throw new UsageError(`--limit takes a whole number from 1, not “${text}”.`);
  }
  return limit;
}
