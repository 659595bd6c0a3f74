import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeNotes } from './made-notes.ts';
import { runProgram } from './program.ts';
import { repository } from './repository.ts';
import type { World } from './world.ts';

const archive = resolve(repository, '../shared/corpus/tldr-notes.tar.gz');

/** Thousands of real notes and some images where the archive is beside the repository, else some hundred made ones. */
export async function unpackCorpus(world: World): Promise<string> {
  const folder = join(world.folder, 'notes');
  if (!existsSync(archive)) {
    await makeNotes(folder);
    return folder;
  }
  const { exitCode, stderr } = await runProgram(world, ['tar', '-xzf', archive, '-C', world.folder]);
  assert.equal(exitCode, 0, stderr);
  return folder;
}
