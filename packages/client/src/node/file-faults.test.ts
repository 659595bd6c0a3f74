import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFault, explainFileFault } from './file-faults.ts';

test('a used-up quota is no space, by its number where Node has no name for it', () => {
  const named = Object.assign(new Error('EDQUOT: quota exceeded'), { code: 'EDQUOT' });
  const unnamed = Object.assign(new Error('Unknown system error -122'), {
    code: 'Unknown system error -122',
    errno: -122,
  });
  for (const error of [named, unnamed]) {
    const { code, message } = explainFileFault(error, 'notes/export');
    assert.deepEqual([code, message], ['storage-full', 'No space is left to write notes/export.']);
    assert.equal(describeFault(error), 'no space is left');
  }
});
