import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSettingBlocks } from './setting-blocks.ts';

test('blocks of settings are found with the names and values in them, and no others', () => {
  const markdown = 'Text\n\n```ini\nA=1\nB=x=y\n```\n\n```sh\nC=2\n```\n\n```ini\nA=\n```\n';
  assert.deepEqual(findSettingBlocks(markdown), [{ A: '1', B: 'x=y' }, { A: '' }]);
});
