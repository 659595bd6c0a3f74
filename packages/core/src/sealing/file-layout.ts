import { concatBytes, utf8ToBytes, writeUint32 } from '../bytes/bytes.ts';
import { chunkNameToHash, type ChunkName } from '../ids/chunk-name.ts';
import { fileBytesMax, pieceBytesMax } from '../limits.ts';
import { padmeSize } from './padding.ts';
import type { Primitives } from '../primitives/primitives.ts';

/** Where a piece stands: its file's size in bytes, and its number from 0. */
export interface PiecePlace {
  readonly fileBytes: number;
  readonly index: number;
}

/** How many pieces a file of this size (bytes) is cut into, padding and all: none for an empty one. // CHK-1 */
export function countPieces(fileBytes: number): number {
  return Math.ceil(paddedFileSize(fileBytes) / pieceBytesMax);
}

/** How many of them hold content: they come first. // CHK-1 */
export function countContentPieces(fileBytes: number): number {
  return Math.ceil(fileBytes / pieceBytesMax);
}

/** Bytes of content in a piece; 0 if it is all padding. // CHK-1 */
export function pieceContentSize({ fileBytes, index }: PiecePlace): number {
  return Math.max(0, Math.min(pieceBytesMax, fileBytes - index * pieceBytesMax));
}

/** Bytes of a piece, its padding included. // CHK-1 */
export function paddedPieceSize({ fileBytes, index }: PiecePlace): number {
  return Math.max(0, Math.min(pieceBytesMax, paddedFileSize(fileBytes) - index * pieceBytesMax));
}

/** A file can be cut into so many pieces: as it is now, or as it was when only its last piece was padded. // CHK-6 */
export function isPieceCount(fileBytes: number, pieces: number): boolean {
  return pieces === countPieces(fileBytes) || pieces === countContentPieces(fileBytes);
}

/** A piece of this content can be so long: as it is now, or as it was when only the last piece was padded. // CHK-6 */
export function isPaddedPieceSize(place: PiecePlace, bytes: number): boolean {
  return bytes === paddedPieceSize(place) || bytes === formerPieceSize(pieceContentSize(place));
}

/** How long a piece of so much content was when only the last piece of a file was padded. // CHK-6 */
export function formerPieceSize(contentBytes: number): number {
  return Math.min(padmeSize(contentBytes), pieceBytesMax);
}

/** Content with zeros behind it; the same array if nothing is missing. // CHK-1 */
export function padPiece(content: Uint8Array, bytes: number): Uint8Array {
  if (bytes === content.length) return content;
  const padded = new Uint8Array(bytes);
  padded.set(content);
  return padded;
}

const label = utf8ToBytes('dataans/padding/1');

/**
 * A piece that is all padding. What it begins with depends on the file, so that it is sealed to a chunk that
 * no other file has; the rest are zeros. // CHK-7
 *
 * @param contentNames of the chunks that hold the file's content, in order
 */
export function makePaddingPiece(
  primitives: Pick<Primitives, 'hash'>,
  contentNames: readonly ChunkName[],
  place: PiecePlace,
): Uint8Array {
  const index = new Uint8Array(4);
  writeUint32(index, 0, place.index);
  const start = primitives.hash(concatBytes(label, index, ...contentNames.map(chunkNameToHash)));
  const bytes = paddedPieceSize(place);
  return padPiece(start.subarray(0, bytes), bytes);
}

/** Padmé, but never beyond the largest file. // CHK-1 */
function paddedFileSize(fileBytes: number): number {
  return Math.min(padmeSize(fileBytes), fileBytesMax);
}
