import type { ErrorCode } from '@dataans/core';
import type { Words } from '../words/words.ts';

/** A sentence for a person; what has no code is a fault of the program, and says what the browser said. */
export function tellError(error: unknown, words: Words): string {
  const reason = error instanceof Error && 'reason' in error ? error.reason : null;
  if (reason === 'newer-version') return words.newerElsewhere;
  if (reason === 'server-full') return words.serverFull;
  const code = codeOf(error);
  if (code !== null && Object.hasOwn(words.errors, code)) return words.errors[code];
  return error instanceof Error ? error.message : String(error);
}

/** Why a file does not go with the note. */
export function tellNotAttached(error: unknown, name: string, words: Words): string {
  const why = codeOf(error) === 'too-large' ? words.fileTooLarge : tellError(error, words);
  return `${words.notAttached(name)} ${why}`;
}

export function codeOf(error: unknown): ErrorCode | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  // Errors of the client carry one of these; any other text is in no table.
  return typeof error.code === 'string' ? (error.code as ErrorCode) : null;
}
