import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropProfile } from './drop-profile.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

test('[FIL-11] a preview has no colour profile of its own, and anything else stays as it is', () => {
  const extended = 'VP8X\x0a\0\0\0\x30\0\0\0\x17\0\0\x0b\0\0';
  const [alpha, picture] = ['ALPH\x01\0\0\0\x07\0', 'VP8 \x02\0\0\0\x01\x02'];
  const profiled = bytes(`RIFF\x38\0\0\0WEBP${extended}ICCP\x03\0\0\0abc\0${alpha}${picture}`);
  const slim = bytes(`RIFF\x2a\0\0\0WEBP${extended.replace('\x30', '\x10')}${alpha}${picture}`);
  assert.deepEqual(dropProfile(profiled), slim);
  assert.deepEqual(dropProfile(slim), slim);
  for (const other of ['\x89PNG\r\n\x1a\nIHDR', '', 'RIFF'])
    assert.deepEqual(dropProfile(bytes(other)), bytes(other));
});
