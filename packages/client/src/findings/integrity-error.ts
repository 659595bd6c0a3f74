import { DataansError } from '@dataans/core';
import type { Finding } from './finding.ts';

/** A finding that stops what was being done. */
export class IntegrityError extends DataansError {
  readonly finding: Finding;

  constructor(finding: Finding) {
    super('integrity', finding.message, { advice: finding.advice });
    this.finding = finding;
  }
}

/** What an error says against the server; `null` where it says nothing of that sort. */
export function findingOf(error: unknown): Finding | null {
  if (error instanceof IntegrityError) return error.finding;
  if (!(error instanceof DataansError) || error.code !== 'integrity') return null;
  const { message, advice } = error;
  return { kind: 'answers-contradict', concerns: {}, message, advice };
}

export function findingsOf(errors: readonly DataansError[]): readonly Finding[] {
  return errors.map(findingOf).filter((finding) => finding !== null);
}
