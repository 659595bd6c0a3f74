import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToBase64url } from '@dataans/core';
import { previewToAddress } from './preview-address.ts';

test('[FIL-11] a preview that is something else than a picture of pixels is not shown', () => {
  const address = (bytes: string): string | null =>
    previewToAddress(bytesToBase64url(Uint8Array.from(bytes, (character) => character.charCodeAt(0))));
  assert.equal(address('\x89PNG\r\n\x1a\n\0\xff\xfe'), 'data:image/png;base64,iVBORw0KGgoA//4');
  assert.equal(address('RIFF\0\0\0\0WEBPVP8 ')?.startsWith('data:image/webp;base64,'), true);
  for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', '%PDF-1.7', ''])
    assert.equal(address(other), null);
});
