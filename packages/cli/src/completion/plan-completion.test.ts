import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgram } from '../program/program.ts';
import { planCompletion } from './plan-completion.ts';

const silent = { write: () => Promise.resolve(true), say: () => undefined, width: null };
const program = createProgram(() => Promise.resolve(), silent);

function plan(...words: readonly string[]) {
  return planCompletion(program, words);
}

function values(...words: readonly string[]): readonly string[] {
  const planned = plan(...words);
  return planned.kind === 'words' ? planned.candidates.map(({ value }) => value) : [];
}

test('the first word is a command, and a noun is followed by its verbs', () => {
  assert.ok(['note', 'space', 'sign-in'].every((name) => values('').includes(name)));
  assert.ok(!values('').includes('complete'));
  assert.ok(['add', 'list', 'show'].every((name) => values('note', '').includes(name)));
});

test('a dash begins an option of the command or of all commands', () => {
  assert.ok(
    ['--space', '--file', '--home', '--json'].every((name) => values('note', 'add', '-').includes(name)),
  );
  assert.deepEqual(values('note', 'add', '--', '-'), []);
});

test('an option that takes a value is followed by that value', () => {
  assert.equal(plan('note', 'list', '--space', '').kind, 'spaces');
  assert.equal(plan('note', 'add', '-f', '').kind, 'files');
  assert.equal(plan('--home', '').kind, 'folders');
  assert.deepEqual(values('export', '--format', ''), ['markdown', 'json']);
});

test('an argument is completed by what it names', () => {
  assert.equal(plan('note', 'show', '').kind, 'notes');
  assert.equal(plan('note', 'move', '3f2a', '').kind, 'spaces');
  assert.equal(plan('space', 'remove', '--yes', '').kind, 'spaces');
  assert.equal(plan('history', '').kind, 'notes');
  assert.equal(plan('note', 'restore', '').kind, 'deleted-notes');
  assert.equal(plan('space', 'restore', '').kind, 'deleted-spaces');
  assert.equal(plan('restore', '--at', 'now', '--space', '').kind, 'spaces');
  assert.equal(plan('import', '').kind, 'folders');
  assert.deepEqual(values('completion', ''), ['bash', 'zsh', 'fish']);
  assert.deepEqual(values('space', 'add', ''), []);
});
