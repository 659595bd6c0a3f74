import { DataansError, type ErrorCode } from '@dataans/core';
import { IntegrityError } from '../findings/integrity-error.ts';
import type { Finding } from '../findings/finding.ts';

/** An error as a plain value: clones of errors lose what they carry beside their message. */
export interface CarriedError {
  readonly message: string;
  /** `null` if it is not one of ours. */
  readonly code: ErrorCode | null;
  readonly advice: string;
  /** What an error that is not one of ours calls itself. */
  readonly name: string;
  /** The finding of an error that says something against the server, and what else ours carry. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly cause: CarriedError | null;
}

/** Of an error, what caused it, and what caused that. */
const causesMax = 4;

export function carryError(error: unknown, depth = 0): CarriedError {
  if (!(error instanceof Error))
    return { message: String(error), code: null, advice: '', name: 'Error', details: {}, cause: null };
  const { message, name, cause } = error;
  const carried = { message, name, cause: carryCause(cause, depth) };
  if (!(error instanceof DataansError)) return { ...carried, code: null, advice: '', details: {} };
  const { code, advice, name: _, ...details } = error;
  return { ...carried, code, advice, details };
}

function carryCause(cause: unknown, depth: number): CarriedError | null {
  return cause === undefined || cause === null || depth === causesMax ? null : carryError(cause, depth + 1);
}

export function restoreError({ message, code, advice, name, details, cause }: CarriedError): Error {
  const caused = cause === null ? {} : { cause: restoreError(cause) };
  if (code === null) return Object.assign(new Error(message, caused), { name });
  // Made by `carryError` from an error of that class.
  if ('finding' in details) return new IntegrityError(details['finding'] as Finding);
  return Object.assign(new DataansError(code, message, { advice, ...caused }), details);
}
