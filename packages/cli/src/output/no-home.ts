import { DataansError } from '@dataans/core';
import { callOf } from './call-of.ts';
import { printableLine } from './printable.ts';

/** @param option what `--home` said */
export function noHome(directory: string, option: string | undefined): DataansError {
  return new DataansError('not-signed-in', `No Dataans data in ${printableLine(directory)}.`, {
    advice: `Sign in with: ${callOf(option)} sign-in URL. If your notes are somewhere else, use --home DIR.`,
  });
}
