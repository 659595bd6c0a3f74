import { DataansError } from '@dataans/core';
import { callOf } from './call-of.ts';
import { printableLine } from './printable.ts';

/** @param option what `--home` said */
export function noHome(directory: string, option: string | undefined): DataansError {
  return new DataansError('not-signed-in', `There are no notes at ${printableLine(directory)}.`, {
    advice: `Sign in with: ${callOf(option)} sign-in URL. Or say with --home where your notes are.`,
  });
}
