import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusByProblemCode, type ProblemCode } from '@dataans/core';
import { explainProblem, readProblem } from './judge-answer.ts';

const facts = { address: 'http://notes.example', withCredential: true, status: 400, header: () => null };

function explain(code: ProblemCode, detail = 'It is so.') {
  return explainProblem(facts, {
    type: 'urn:x',
    title: 'x',
    status: statusByProblemCode[code],
    code,
    detail,
  });
}

test('[SYN-3] each problem becomes the error of the decision that it leaves', () => {
  const codeByProblem: Readonly<Partial<Record<ProblemCode, string>>> = {
    unauthorized: 'session-expired',
    'log-diverged': 'integrity',
    'operation-conflict': 'integrity',
    'too-large': 'too-large',
    'storage-full': 'storage-full',
    'request-timeout': 'server-failed',
    'too-many-requests': 'server-failed',
    internal: 'server-failed',
    unavailable: 'server-failed',
    forbidden: 'server-refused',
    'malformed-frames': 'server-refused',
  };
  // The keys were just written as problem codes.
  for (const [problem, code] of Object.entries(codeByProblem))
    assert.equal(explain(problem as ProblemCode).code, code);
});

test('[SYN-3] the text of a problem is one line without control characters, and not endless', () => {
  const error = explain('forbidden', `No.\u001b[2J\nReally.${'x'.repeat(10_000)}`);
  assert.match(error.message, /^No\. \[2J Really\.x+$/);
  assert.ok(error.message.length <= 400);
});

test('a body that is no problem document is none', () => {
  assert.equal(readProblem(new TextEncoder().encode('<html>')), null);
  assert.equal(readProblem(new TextEncoder().encode('{"code":"unheard-of"}')), null);
  assert.equal(explainProblem({ ...facts, status: 500 }, null).code, 'server-failed');
  assert.equal(explainProblem({ ...facts, status: 418 }, null).code, 'server-refused');
});
