import type { FileRow, Home } from '@dataans/client';

const bytesPerCall = 4 * 1024 * 1024;

/** The whole content, read piece by piece: the browser keeps a large one on its disk. */
export async function readBlob(
  home: Pick<Home, 'files'>,
  { id, bytes }: Pick<FileRow, 'id' | 'bytes'>,
  type: string,
): Promise<Blob> {
  const pieces: Blob[] = [];
  for (let from = 0; from < bytes; from += bytesPerCall) {
    const piece = await home.files.read(id, { from, to: Math.min(bytes, from + bytesPerCall) });
    // What comes over from a worker is not shared.
    pieces.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
  }
  return new Blob(pieces, { type });
}
