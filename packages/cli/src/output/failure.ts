import type { ErrorCode } from '@dataans/core';
import { errorCodeToExitCode, exitCodes, type ExitCode } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';
import { adviceOf } from '../words/advice.ts';

/** A failure as it is shown: one sentence, what to do, and how the program ends. */
export interface Failure {
  readonly code: ErrorCode | 'wrong-usage' | 'interrupted' | 'bug';
  readonly message: string;
  /** `''` where the message says it all. */
  readonly advice: string;
  readonly exitCode: ExitCode;
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof UsageError) {
    return {
      code: 'wrong-usage',
      message: error.message,
      advice: error.advice,
      exitCode: exitCodes.wrongUsage,
    };
  }
  if (isDataansError(error)) {
    const { code, message } = error;
    return { code, message, advice: adviceOf(error), exitCode: errorCodeToExitCode(code) };
  }
  if (isInterruption(error)) {
    return { code: 'interrupted', message: 'Interrupted.', advice: '', exitCode: exitCodes.interrupted };
  }
  return {
    code: 'bug',
    message: `Unexpected error: ${error instanceof Error ? error.message : String(error)}`,
    advice:
      'This is a bug in Dataans. Please report it, with the output of the same command run with DATAANS_DEBUG=1. Remove anything private first.',
    exitCode: exitCodes.failed,
  };
}

/** By name, so that showing an error loads nothing: whoever threw it has loaded the class. */
function isDataansError(
  error: unknown,
): error is Error & { readonly code: ErrorCode; readonly advice: string; readonly reason: string | null } {
  return error instanceof Error && error.name === 'DataansError';
}

/** An aborted operation, or Ctrl-C in a question. */
function isInterruption(error: unknown): boolean {
  return error instanceof Error && ['AbortError', 'AbortPromptError', 'ExitPromptError'].includes(error.name);
}
