import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes } from '@dataans/core';
import { openTestNotes } from '../testing/test-notes.ts';
import { readPictureSize } from './picture-size.ts';
import { sealFile } from './seal-file.ts';
import { toFileSource } from './to-file-source.ts';

/** From base64: the smallest there are. */
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const png = bytes(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAADElEQVR4nGNgoBoAAABGAAFnDSvtAAAAAElFTkSuQmCC',
);

/** A photo of 640 × 480 pixels, as far as its head goes. */
function photo({
  orientation,
  before = 0,
}: {
  readonly orientation: number;
  readonly before?: number;
}): Uint8Array {
  const segment = (marker: number, body: Uint8Array): Uint8Array =>
    concatBytes(Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff), body);
  const exif = Uint8Array.from(
    `Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0${String.fromCharCode(orientation)}\0\0\0\0\0\0\0`,
    (character) => character.charCodeAt(0),
  );
  const profiles = Array.from({ length: before }, () => segment(0xe2, new Uint8Array(60_000)));
  const size = segment(0xc0, Uint8Array.of(8, 1, 224, 2, 128, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1));
  return concatBytes(Uint8Array.of(0xff, 0xd8), segment(0xe1, exif), ...profiles, size, new Uint8Array(64));
}

test('[FIL-10] a picture says its size as it is shown, also one that lies on its side', () => {
  assert.deepEqual(readPictureSize('image/png', png), { width: 3, height: 2 });
  assert.deepEqual(readPictureSize('image/jpeg', photo({ orientation: 1 })), { width: 640, height: 480 });
  assert.deepEqual(readPictureSize('image/jpeg', photo({ orientation: 6 })), { width: 480, height: 640 });
  const gif = bytes('R0lGODlhBQAEAIAAAP///wAAACwAAAAABQAEAAACBISPqVgAOw==');
  assert.deepEqual(readPictureSize('image/gif', gif), { width: 5, height: 4 });
  const webp = bytes('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=');
  assert.deepEqual(readPictureSize('image/webp', webp), { width: 1, height: 1 });
});

test('[FIL-10] what is no picture, or a broken one, has no size', () => {
  for (const [type, content] of [
    ['image/png', png.subarray(0, 18)],
    ['image/jpeg', photo({ orientation: 1 }).subarray(0, 40)],
    ['image/jpeg', new Uint8Array(100)],
    ['image/gif', bytes('R0lGODlhAAAAAA==')],
    ['image/svg+xml', new TextEncoder().encode('<svg width="3" height="2"/>')],
  ] as const)
    assert.equal(readPictureSize(type, content), null, type);
});

test('[FIL-10] what is sealed is described by its beginning, in whichever pieces it comes', async (t) => {
  const { files } = await openTestNotes(t);
  const content = photo({ orientation: 6, before: 3 });
  const cut = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < content.length; at += 1_000) yield content.slice(at, at + 1_000);
  };
  const inPieces = await sealFile({ files }, 'photo', { bytes: content.length, pieces: cut });
  assert.deepEqual([inPieces.type, inPieces.width, inPieces.height], ['image/jpeg', 480, 640]);
  assert.deepEqual(Buffer.concat(await Array.fromAsync(files.open(inPieces))), Buffer.from(content));
  assert.deepEqual(await sealFile({ files }, 'photo', toFileSource(content)), inPieces);
  const text = await sealFile({ files }, 'x', toFileSource(new Blob(['a,b'], { type: 'text/csv' })));
  assert.deepEqual([text.type, text.width], ['text/csv', undefined]);
  const nothing = await sealFile({ files }, 'x', toFileSource(new Uint8Array()));
  assert.deepEqual(Object.keys(nothing).toSorted(), ['bytes', 'chunks']);
});
