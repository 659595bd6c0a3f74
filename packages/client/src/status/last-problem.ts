import type { DataansError, ErrorCode } from '@dataans/core';
import * as v from 'valibot';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import { errorToProblem, type StatusProblem } from './sync-status.ts';

const problemShape = v.object({
  // What is written here is the code of a DataansError; an unknown one is shown as it is.
  code: v.custom<DataansError['code']>((value) => typeof value === 'string'),
  message: v.string(),
  advice: v.string(),
  reason: v.optional(v.nullable(v.string()), null),
});

/** Remembers what is wrong for whoever asks for the status later; `null` when nothing is. */
export function writeLastProblem(facts: Facts, problem: DataansError | null): void {
  const text = problem === null ? '' : JSON.stringify(errorToProblem(problem));
  if ((facts.read('last-problem') ?? '') !== text) facts.write('last-problem', text);
}

/** Somebody has signed in: what a refused credential left behind is settled. */
export function forgetRefusal(facts: Facts): void {
  const problem = readLastProblem(facts);
  if (problem !== null && isRefusal(problem.code)) writeLastProblem(facts, null);
}

/** A credential was refused, or there is none: signing in is what helps. */
export function isRefusal(code: ErrorCode): boolean {
  return code === 'session-expired' || code === 'login-required';
}

export function readLastProblem(facts: Facts): StatusProblem | null {
  return readJsonFact(facts, 'last-problem', problemShape);
}
