import { concatBytes } from '@dataans/core';

const riffHeaderBytes = 12;
const chunkHeaderBytes = 8;
const profileFlag = 0x20;

/**
 * A WebP without its colour profile, which browsers write into each: it is the usual one, and several times as large as a tiny
 * picture. Anything else as it is.
 */
export function dropProfile(picture: Uint8Array): Uint8Array {
  if (nameAt(picture, 0) !== 'RIFF' || nameAt(picture, 8) !== 'WEBP') return picture;
  const kept = Array.from(iterateChunks(picture)).filter((chunk) => nameAt(chunk, 0) !== 'ICCP');
  const slim = concatBytes(picture.subarray(0, riffHeaderBytes), ...kept);
  const view = new DataView(slim.buffer);
  view.setUint32(4, slim.length - chunkHeaderBytes, true);
  const flagsAt = riffHeaderBytes + chunkHeaderBytes;
  if (nameAt(slim, riffHeaderBytes) === 'VP8X') view.setUint8(flagsAt, view.getUint8(flagsAt) & ~profileFlag);
  return slim;
}

function* iterateChunks(picture: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(picture.buffer, picture.byteOffset, picture.length);
  for (let at = riffHeaderBytes; at + chunkHeaderBytes <= picture.length;) {
    const bytes = view.getUint32(at + 4, true);
    const end = at + chunkHeaderBytes + bytes + (bytes % 2);
    yield picture.subarray(at, end);
    at = end;
  }
}

function nameAt(picture: Uint8Array, at: number): string {
  return String.fromCharCode(...picture.subarray(at, at + 4));
}
