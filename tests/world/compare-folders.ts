import assert from 'node:assert/strict';
import { runProgram } from './program.ts';
import type { World } from './world.ts';

/** Proves by `diff -r` that two folders hold the same files with the same bytes. */
export async function assertSameFolders(world: World, one: string, other: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runProgram(world, ['diff', '-r', one, other]);
  assert.equal(exitCode, 0, (stdout + stderr).slice(0, 2_000));
}
