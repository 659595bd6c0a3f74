import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesToBase64url } from '@dataans/core';
import { makePreview, previewToAddress } from './make-preview.ts';

const photo = { bytes: 1_000, type: 'image/jpeg', width: 4_000, height: 3_000 };
const source = new Blob(['a photo']);

test('[FIL-11] a preview is as small as its operation takes, or there is none', async () => {
  const asked: number[] = [];
  const shrinkTo =
    (bytesOfSide: (side: number) => number) =>
    async (picture: Blob, { sideMax }: { sideMax: number }) => {
      assert.equal(picture, source);
      asked.push(sideMax);
      return new Blob([new Uint8Array(bytesOfSide(sideMax))]);
    };
  const make = (bytesOfSide: (side: number) => number) =>
    makePreview(shrinkTo(bytesOfSide), photo, () => source);
  assert.equal(await make(() => 3), 'AAAA');
  assert.equal((await make((side) => side * 60))?.length, 1_280);
  assert.equal(await make(() => 1_025), null);
  assert.deepEqual(asked, [24, 24, 16, 24, 16, 10]);
});

test('[FIL-11] only pictures of a size that can be drawn are drawn, and what cannot be is no fault', async () => {
  const draw = async (content: Partial<typeof photo>): Promise<boolean> => {
    let isDrawn = false;
    const shrink = async (): Promise<Blob> => {
      isDrawn = true;
      throw new Error('no picture');
    };
    assert.equal(await makePreview(shrink, { ...photo, ...content }, () => source), null);
    return isDrawn;
  };
  assert.equal(await draw({}), true);
  for (const content of [
    { type: 'image/svg+xml' },
    { type: 'text/html' },
    { width: 0 },
    { width: 100_000, height: 100_000 },
    { bytes: 60_000_000 },
  ])
    assert.equal(await draw(content), false, JSON.stringify(content));
});

test('[FIL-11] a preview that is something else than a picture of pixels is not shown', () => {
  const address = (bytes: string): string | null =>
    previewToAddress(bytesToBase64url(Uint8Array.from(bytes, (character) => character.charCodeAt(0))));
  assert.equal(address('\x89PNG\r\n\x1a\n\xff\xfe'), 'data:image/png;base64,iVBORw0KGgr//g==');
  assert.equal(address('RIFF\0\0\0\0WEBPVP8 ')?.startsWith('data:image/webp;base64,'), true);
  for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<html>', '%PDF-1.7', ''])
    assert.equal(address(other), null);
  assert.equal(previewToAddress('no base64url!'), null);
});
