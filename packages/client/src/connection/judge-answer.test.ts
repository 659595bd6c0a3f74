import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusByProblemCode, type ProblemCode } from '@dataans/core';
import { explainProblem, judgeOrigin, readProblem, type AnswerFacts } from './judge-answer.ts';

const facts: AnswerFacts = {
  address: 'http://notes.example',
  credential: 'access-token',
  signInCommand: null,
  status: 400,
  header: () => null,
};

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
    'over-quota': 'over-quota',
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

test('[SYN-17] a session that has ended is told from a login nobody came through, a place that moved, and a web page', () => {
  const judge = (given: Partial<AnswerFacts>, headers: Readonly<Record<string, string>> = {}) =>
    judgeOrigin({ ...facts, ...given, header: (name) => headers[name] ?? null })?.code;
  const elsewhere = { location: 'https://login.example/' };
  const page = { 'content-type': 'text/html; charset=utf-8' };
  for (const status of [302, 303, 307, 401, 403]) {
    assert.equal(judge({ status }, elsewhere), 'session-expired', String(status));
    assert.equal(judge({ status, credential: 'none' }, elsewhere), 'login-required', String(status));
  }
  for (const status of [301, 308, 404])
    for (const credential of ['access-token', 'none'] as const)
      assert.equal(judge({ status, credential }, elsewhere), 'server-unreachable', String(status));
  assert.equal(judge({ status: 200 }, page), 'session-expired');
  assert.equal(judge({ status: 200, credential: 'none' }, page), 'server-unreachable');
  assert.equal(judge({ status: 200 }, { 'content-type': 'application/json' }), 'server-unreachable');
  assert.equal(judge({ status: 503 }, page), 'server-unreachable');
  assert.equal(judge({ status: 401 }, { dataans: '1' }), undefined);
});

test('[SYN-17] what to run is said where there is a command line', () => {
  const advice = (given: Partial<AnswerFacts>): string => judgeOrigin({ ...facts, ...given })?.advice ?? '';
  const signInCommand = 'dataans sign-in http://notes.example';
  const expected = `Sign in again with ${signInCommand}, then sync. Your changes are kept on this device.`;
  assert.equal(advice({ status: 401, signInCommand }), expected);
  assert.equal(advice({ status: 401, signInCommand, credential: 'none' }), expected);
  assert.equal(advice({ status: 401 }), 'Sign in again, then sync. Your changes are kept on this device.');
});

test('[SYN-17] a service token that the login refuses is named with what it takes', () => {
  const error = judgeOrigin({ ...facts, status: 403, credential: 'cloudflare-access' });
  assert.equal(error?.code, 'session-expired');
  assert.match(error?.message ?? '', /service token/);
  assert.match(error?.advice ?? '', /Service Auth/);
});
