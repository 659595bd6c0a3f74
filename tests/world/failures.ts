import assert from 'node:assert/strict';
import type { Device } from './device.ts';
import type { ProgramOptions } from './program.ts';

export interface ExpectedFailure {
  readonly exitCode: number;
  readonly code: string;
  readonly message: RegExp;
}

/** Proves that a command fails with that exit code and one sentence, also as JSON, and prints no stack. */
export async function assertFails(
  device: Device,
  args: readonly string[],
  { exitCode, code, message }: ExpectedFailure,
  options: ProgramOptions = {},
): Promise<void> {
  const told = await device.run(args, options);
  const line = `dataans ${args.join(' ')}: ${told.stderr}${told.stdout}`;
  assert.equal(told.exitCode, exitCode, line);
  assert.match(told.stderr, message);
  assert.equal(told.stdout, '');
  assert.doesNotMatch(told.stderr, /^\s+at |This is a bug/m);
  const asJson = await device.run([...args, '--json'], options);
  assert.equal(asJson.exitCode, exitCode, asJson.stderr);
  assert.equal(asJson.stdout, '');
  const { error } = JSON.parse(asJson.stderr) as { error: { code: string; message: string } };
  assert.equal(error.code, code, line);
  assert.match(error.message, message);
}
