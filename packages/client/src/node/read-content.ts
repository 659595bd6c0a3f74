import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { concatBytes, limits } from '@dataans/core';
import { SourceFault, type SourceContent } from '../import/folder-source.ts';
import { describeFault, faultCode } from './file-faults.ts';

// Not through a link that took the file's place, and without waiting for a pipe's other end. Windows has neither.
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The content of a regular file. What fits one piece is read here and now, without a thread's help: an import
 * is thousands of small files, and asking a thread for each takes ten times as long. // IMP-7
 *
 * @param path real: without a link in it. What is another place when it is opened is not read. // IMP-8
 * @throws SourceFault
 */
export async function openContent(path: string): Promise<SourceContent> {
  const small = readSmall(path);
  if (small !== null) return contentOf(small);
  const handle = await open(path, openFlags).catch((error: unknown) => {
    throw explain(error);
  });
  try {
    const before = checkRegular(await handle.stat());
    checkPlace(path, handle.fd);
    return streamContent(handle, before);
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
    checkPlace(path, descriptor);
    if (before.size === 0) return readUntold(descriptor, before);
    const bytes = new Uint8Array(before.size);
    const filled = fill(descriptor, bytes);
    checkUnchanged(before, fstatSync(descriptor), filled);
    return bytes;
  } catch (error) {
    throw explain(error);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** What is read whole of a file that tells no size: more than such files hold, and little for memory. */
const untoldBytesMax = 16 * limits.pieceBytesMax;

/**
 * The whole of a file that says it is empty. Some file systems (of processes, of networks and clouds) say so
 * of files that are not: only reading tells. // IMP-7
 */
function readUntold(descriptor: number, before: Stats): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let bytes = 0; bytes <= untoldBytesMax;) {
    const piece = new Uint8Array(pieces.length === 0 ? firstLookBytes : limits.pieceBytesMax);
    const filled = fill(descriptor, piece, bytes);
    pieces.push(piece.subarray(0, filled));
    bytes += filled;
    if (filled === piece.length) continue;
    checkUnchanged(before, fstatSync(descriptor), before.size);
    return concatBytes(...pieces);
  }
  throw new SourceFault(
    'unreadable',
    "It is large and doesn't say how large. Copy it to another disk and import the copy.",
  );
}

/** An empty file is found to be empty without room for a large one. */
const firstLookBytes = 4_096;

/** Reads from a place in the file until the bytes are full or the file ends; returns how many there were. */
function fill(descriptor: number, bytes: Uint8Array, position = 0): number {
  let filled = 0;
  for (let read = -1; read !== 0 && filled < bytes.length; filled += read)
    read = readSync(descriptor, bytes, filled, bytes.length - filled, position + filled);
  return filled;
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

/** A folder above it that has become a link meanwhile would lead anywhere. // IMP-8 */
function checkPlace(path: string, descriptor: number): void {
  if (openedPath(path, descriptor) === path) return;
  throw new SourceFault('changed', 'It was moved or replaced while the folder was being read. Import again.');
}

/** Where an opened file lies. Linux tells of the file itself; elsewhere what has its path now must be it. */
function openedPath(path: string, descriptor: number): string | null {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch (error) {
      if (faultCode(error) !== 'ENOENT') throw error; // Without /proc it is as elsewhere.
    }
  }
  const real = realpathSync.native(path);
  const [opened, found] = [fstatSync(descriptor), lstatSync(real)];
  return opened.ino === found.ino && opened.dev === found.dev ? real : null;
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
  return new SourceFault('changed', 'It changed while it was being read. Import again.');
}

function explain(error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  return new SourceFault('unreadable', `It can't be read: ${describeFault(error)}.`, { cause: error });
}
