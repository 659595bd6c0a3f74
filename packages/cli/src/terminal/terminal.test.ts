import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { test } from 'node:test';
import { runCaptured } from '../testing/run-captured.ts';
import { createTerminal } from './terminal.ts';

const hostile = '\u001b]0;title\u0007\u009b2J\u202e';
const control = /(?!\n)[\p{Cc}\p{Cf}]/u;

function open(stdout: Writable, isTTY: boolean) {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const terminal = createTerminal({
    args: [],
    typedArguments: () => null,
    environment: { NO_COLOR: '1' },
    stdin: new PassThrough(),
    stdout: Object.assign(stdout, { isTTY, columns: 80 }),
    stderr,
    now: () => 0,
    hostname: '',
    interrupt: new AbortController().signal,
    withoutInterrupt: (work) => work(),
  });
  return { terminal, said: () => String(stderr.read() ?? '') };
}

test('[CLI-7] nothing that is said, hinted or shown as progress controls the terminal', () => {
  const { terminal, said } = open(new PassThrough(), true);
  terminal.say(`One ${hostile}\nTwo`);
  terminal.hint(`Three ${hostile}`);
  assert.doesNotMatch(said(), control);
  terminal.progress.show(`Four ${hostile}`);
  assert.doesNotMatch(said().replace('\r\u001b[2K', ''), control);
});

test('[CLI-7] a screen gets clean text, a program gets every byte', async () => {
  const screen = new PassThrough();
  await open(screen, true).terminal.show([`head ${hostile}`], `text ${hostile}`);
  await open(screen, true).terminal.write(`data ${hostile}`);
  assert.doesNotMatch(String(screen.read()), control);
  const pipe = new PassThrough();
  await open(pipe, false).terminal.write(`data ${hostile}`);
  assert.equal(String(pipe.read()), `data ${hostile}`);
});

test('[CLI-7] a path in a failure neither controls the terminal nor begins a line of its own', async () => {
  const { stderr } = await runCaptured(['--home', `/nonexistent/${hostile}\nAll is well.`, 'note', 'list']);
  assert.doesNotMatch(stderr, control);
  assert.doesNotMatch(stderr, /^All is well/m);
});

function failing(code: string): Writable {
  const error = Object.assign(new Error(code), { code });
  return new Writable({ write: (_bytes, _encoding, done) => done(error) });
}

test('[CLI-10] what cannot be written is an error, also of a command that has done its work', async () => {
  const { exitCode, stderr } = await runCaptured(['--version'], { stdout: failing('ENOSPC') });
  assert.equal(exitCode, 1);
  assert.match(stderr, /couldn't be written in full\. There is no space left/);
  const faulty = await runCaptured(['--version', '--json'], { stdout: failing('EIO') });
  assert.equal(faulty.exitCode, 1);
  const { error } = JSON.parse(faulty.stderr) as { readonly error: { readonly code: string } };
  assert.equal(error.code, 'storage-unusable');
});

test('[CLI-5] [CLI-10] a reader that has gone is no error', async () => {
  const { exitCode, stderr } = await runCaptured(['--version'], { stdout: failing('EPIPE') });
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
});
