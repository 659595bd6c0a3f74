import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { concatBytes, hashToChunkName, type ChunkName } from '@dataans/core';

/**
 * What arrives is gathered up to this size: fewer, larger writes. While one is under way the next is
 * gathered, so twice this bounds the memory of an upload.
 */
const writeBytes = 256 * 1024;

export interface WrittenBody {
  /** The chunk name that the bytes deserve. */
  readonly name: ChunkName;
  readonly size: number;
}

/**
 * Writes a body to a new file as it arrives and hashes it on the way. Unless `accept` refuses what
 * was written, it has reached the disk when this returns.
 */
export async function writeBody(
  path: string,
  body: AsyncIterable<Uint8Array>,
  accept: (written: WrittenBody) => Promise<boolean>,
): Promise<WrittenBody & { readonly accepted: boolean }> {
  const file = await open(path, 'wx', 0o600);
  try {
    const written = await writePieces(file, body);
    const accepted = await accept(written);
    // Carries the size of a new file, too.
    if (accepted) await file.datasync();
    return { ...written, accepted };
  } finally {
    await file.close();
  }
}

async function writePieces(file: FileHandle, body: AsyncIterable<Uint8Array>): Promise<WrittenBody> {
  const hash = createHash('sha256');
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let size = 0;
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    const pieces = gathered;
    gathered = [];
    gatheredBytes = 0;
    await writing;
    writing = writeAll(file, pieces);
    // A failure is met where the write is waited for.
    writing.catch(() => {});
  };
  for await (const piece of body) {
    hash.update(piece);
    gathered.push(piece);
    gatheredBytes += piece.length;
    size += piece.length;
    if (gatheredBytes >= writeBytes) await flush();
  }
  if (gatheredBytes > 0) await flush();
  await writing;
  return { name: hashToChunkName(hash.digest()), size };
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const { bytesWritten } = await file.writev(pieces);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // A disk that gets full takes a part without a word: the rest meets the fault. // SRV-6
  if (bytesWritten < bytes) await file.writeFile(concatBytes(...pieces).subarray(bytesWritten));
}
