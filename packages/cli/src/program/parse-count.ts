import { UsageError } from '../usage-error.ts';

/** A count from 1, as the value of this option. */
export function parseCount(option: string): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count < 1) {
      throw new UsageError(`${option} needs a whole number, 1 or more. “${text}” isn't one.`);
    }
    return count;
  };
}
