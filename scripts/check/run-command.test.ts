import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { runCommand } from './run-command.ts';

const root = dirname(dirname(import.meta.dirname));

function runNode(script: string) {
  return runCommand(root, { name: 'script', command: ['node', '-e', script] });
}

test('a command that ends with 0 is ok, and both of its streams are kept', async () => {
  const { ok, output } = await runNode('console.log("out"); console.error("err")');
  assert.equal(ok, true);
  assert.match(output, /out\n/);
  assert.match(output, /err\n/);
});

test('a command that ends with anything else is not ok', async () => {
  assert.deepEqual(await runNode('process.exit(3)'), { ok: false, output: '' });
});

test('a command that is killed is not ok, and the signal is named', async () => {
  const { ok, output } = await runNode('process.kill(process.pid, "SIGKILL")');
  assert.equal(ok, false);
  assert.match(output, /ended by SIGKILL/);
});

test('a program that does not exist is not ok, and named', async () => {
  const { ok, output } = await runCommand(root, { name: 'none', command: ['dataans-no-such-program'] });
  assert.equal(ok, false);
  assert.match(output, /dataans-no-such-program/);
});

test('a command gets no input to wait for', async () => {
  const { ok } = await runNode('process.stdin.resume(); process.stdin.on("end", () => process.exit(0))');
  assert.equal(ok, true);
});
