import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKey } from './send-key.ts';

const enter = {
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 13,
};

test('Enter sends and Shift+Enter breaks, or the other way round', () => {
  assert.equal(readKey(enter, true, false), 'send');
  assert.equal(readKey({ ...enter, shiftKey: true }, true, false), 'break');
  assert.equal(readKey(enter, false, false), 'break');
  assert.equal(readKey({ ...enter, shiftKey: true }, false, false), 'send');
  assert.equal(readKey({ ...enter, ctrlKey: true }, false, false), 'send');
});

test('Enter never sends while an input method composes, nor by the late key of Safari', () => {
  assert.equal(readKey({ ...enter, isComposing: true }, true, false), 'other');
  assert.equal(readKey({ ...enter, keyCode: 229 }, true, false), 'other');
});

test('on a touch screen Enter breaks', () => {
  assert.equal(readKey(enter, true, true), 'break');
});
