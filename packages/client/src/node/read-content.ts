import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { limits } from '@dataans/core';
import { SourceFault, type SourceContent } from '../import/folder-source.ts';
import { describeFault } from './file-faults.ts';

// Not through a link that took the file's place, and without waiting for a pipe's other end. Windows has neither.
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The content of a regular file. What fits one piece is read here and now, without a thread's help: an import
 * is thousands of small files, and asking a thread for each takes ten times as long. // IMP-7
 *
 * @throws SourceFault
 */
export async function openContent(path: string): Promise<SourceContent> {
  const small = readSmall(path);
  if (small !== null) return contentOf(small);
  const handle = await open(path, openFlags).catch((error: unknown) => {
    throw explain(error);
  });
  try {
    return streamContent(handle, checkRegular(await handle.stat()));
  } catch (error) {
    await handle.close();
    throw explain(error);
  }
}

function contentOf(bytes: Uint8Array): SourceContent {
  return {
    bytes: bytes.length,
    async *pieces() {
      if (bytes.length > 0) yield bytes;
    },
    close: () => Promise.resolve(),
  };
}

/** `null` where the file takes more than one piece. */
function readSmall(path: string): Uint8Array | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, openFlags);
    const before = checkRegular(fstatSync(descriptor));
    if (before.size > limits.pieceBytesMax) return null;
    const bytes = new Uint8Array(before.size);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
      read = readSync(descriptor, bytes, filled, bytes.length - filled, filled);
    checkUnchanged(before, fstatSync(descriptor), filled);
    return bytes;
  } catch (error) {
    throw explain(error);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function streamContent(handle: FileHandle, before: Stats): SourceContent {
  return {
    bytes: before.size,
    async *pieces() {
      let position = 0;
      while (position < before.size) {
        const piece = await readPiece(
          handle,
          position,
          Math.min(limits.pieceBytesMax, before.size - position),
        );
        position += piece.length;
        yield piece;
      }
      checkUnchanged(before, await handle.stat(), position);
    },
    close: () => handle.close(),
  };
}

async function readPiece(handle: FileHandle, position: number, bytes: number): Promise<Uint8Array> {
  const piece = new Uint8Array(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await handle
      .read(piece, filled, bytes - filled, position + filled)
      .catch((error: unknown) => {
        throw explain(error);
      });
    if (bytesRead === 0) throw changed();
    filled += bytesRead;
  }
  return piece;
}

function checkRegular(stats: Stats): Stats {
  if (!stats.isFile()) throw new SourceFault('not-a-file', 'It is not a file.');
  return stats;
}

function checkUnchanged(before: Stats, after: Stats, bytesRead: number): void {
  if (bytesRead !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
    throw changed();
}

function changed(): SourceFault {
  return new SourceFault('changed', 'It was written to while it was being read: import again.');
}

function explain(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  return new SourceFault('unreadable', `It cannot be read: ${describeFault(error)}.`, { cause: error });
}
