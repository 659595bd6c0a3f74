import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryFiles } from '../../scripts/check/source-files.ts';
import { repository } from '../world/repository.ts';
import { findCommandBlocks, findUnexplainedBlocks } from './command-blocks.ts';

const markdown =
  'Text\n\n```sh\none\ntwo\n```\n\n```sh no-run: needs the moon\nthree\n```\n\n```text\nfour\n```\n\n' +
  '```sh\nfive\n```\n\n```sh in-a-clone\nsix\n```\n\n```sh no-run\nseven\n```\n';

test('blocks of sh are found by where they are run', () => {
  assert.deepEqual(findCommandBlocks(markdown), ['one\ntwo\n', 'five\n']);
  assert.deepEqual(findCommandBlocks(markdown, 'in-a-clone'), ['six\n']);
});

test('a block that is not run needs a reason', () => {
  assert.deepEqual(findUnexplainedBlocks(markdown), ['sh no-run\nseven\n']);
});

test('every block of commands in the documents is run by a test, or says why not', async () => {
  const documents = repositoryFiles(repository).filter((path) => /^(?:docs\/)?[^/]+\.md$/.test(path));
  const texts = await Promise.all(documents.map((path) => readFile(join(repository, path), 'utf8')));
  assert.deepEqual(texts.flatMap(findUnexplainedBlocks), []);
});
