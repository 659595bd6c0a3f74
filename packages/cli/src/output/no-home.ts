import { DataansError } from '@dataans/core';
import { printableLine } from './printable.ts';
import { quoteArgument } from './quote-argument.ts';

/** @param option what `--home` said */
export function noHome(directory: string, option: string | undefined): DataansError {
  const command = option === undefined ? 'dataans' : `dataans --home ${quoteArgument(option)}`;
  return new DataansError('not-signed-in', `There are no notes at ${printableLine(directory)}.`, {
    advice: `Sign in with: ${command} sign-in URL. Or say with --home where your notes are.`,
  });
}
