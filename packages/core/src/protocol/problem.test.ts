import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProblem, statusByProblemCode, type ProblemCode } from './problem.ts';

function problem(code: ProblemCode) {
  return {
    type: `urn:dataans:problem:${code}`,
    title: 'A title',
    status: statusByProblemCode[code],
    code,
    detail: 'What was wrong, and what to do.',
  };
}

test('[PRB-1] a problem document of every code is read', () => {
  // The keys of the table are the codes.
  for (const code of Object.keys(statusByProblemCode) as ProblemCode[])
    assert.deepEqual(parseProblem(problem(code)), problem(code));
});

test('[PRB-1] every code has a status of an error', () => {
  for (const status of Object.values(statusByProblemCode)) assert.ok(status >= 400 && status <= 599);
});

test('[PRB-2] what lacks a member or has a code that is not in the list is no problem document', () => {
  const whole = problem('too-large');
  for (const member of Object.keys(whole)) {
    const { [member]: _, ...rest } = { ...whole } as Record<string, unknown>;
    assert.equal(parseProblem(rest), null, member);
  }
  assert.equal(parseProblem({ ...whole, code: 'teapot' }), null);
  for (const value of [null, 'too-large', [], 413, undefined]) assert.equal(parseProblem(value), null);
});

test('[PRB-2] members that this code does not know are passed over', () => {
  assert.deepEqual(parseProblem({ ...problem('internal'), instance: 'x' }), problem('internal'));
});
