import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from '../words/formats.ts';
import { en } from '../words/en.ts';
import { tellFileState } from './tell-state.ts';

test('a file says where it is, unless it is here', () => {
  const { bytes } = createFormats('en');
  const tell = (state: Parameters<typeof tellFileState>[0]) => tellFileState(state, en, bytes);
  assert.equal(tell(null), null);
  assert.equal(tell({ kind: 'here' }), null);
  assert.equal(
    tell({ kind: 'sending', doneBytes: 12_000_000, totalBytes: 60_000_000 }),
    'Sending 12 MB of 60 MB',
  );
  assert.equal(tell({ kind: 'waiting', to: 'send' }), 'Waiting to be sent');
  assert.equal(tell({ kind: 'elsewhere' }), 'Only on the server');
  assert.equal(tell({ kind: 'damaged' }), 'Damaged here');
});
