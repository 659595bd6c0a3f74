import { bytesToUtf8, concatBytes } from '@dataans/core';
import type { FileSource } from '../files/files.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; `null` where it is not UTF-8 or longer than the bound. */
  readonly text: string | null;
}

const newline = 0x0a;

/** Lines of a text of any size, one by one; no more than one of them is held. */
export async function* readLines(source: FileSource, lineBytesMax: number): AsyncGenerator<Line> {
  let number = 1;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const hold = (bytes: Uint8Array): void => {
    heldBytes += bytes.length;
    if (heldBytes > lineBytesMax) held = [];
    else held.push(bytes);
  };
  const finishLine = (): Line => {
    const text = heldBytes > lineBytesMax ? null : bytesToUtf8(concatBytes(...held));
    held = [];
    heldBytes = 0;
    return { number: number++, text };
  };
  for await (const piece of source.pieces()) {
    let start = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, start)) {
      hold(piece.subarray(start, end));
      yield finishLine();
      start = end + 1;
    }
    hold(piece.subarray(start));
  }
  if (heldBytes > 0) yield finishLine();
}
