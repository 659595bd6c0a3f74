import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCommandBlocks } from './command-blocks.ts';

test('blocks of sh are found, and those that are not to be run are left out', () => {
  const markdown =
    'Text\n\n```sh\none\ntwo\n```\n\n```sh no-run\nthree\n```\n\n```text\nfour\n```\n\n```sh\nfive\n```\n';
  assert.deepEqual(findCommandBlocks(markdown), ['one\ntwo\n', 'five\n']);
});
