import type { FileHandle } from 'node:fs/promises';
import type { ByteSpan } from '../../chunks/chunk-store.ts';

/** A read of this size keeps up with the network and bounds what a slow reader makes us hold. */
const readBytes = 256 * 1024;

/** Streams a span of an open file, one read for each that is asked for, and closes the file at the end. */
export function readSpan(
  file: FileHandle,
  { start, end }: ByteSpan,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = start;
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          if (position < end) {
            const piece = await readPiece(file, position, Math.min(readBytes, end - position));
            position += piece.length;
            controller.enqueue(piece);
          }
          if (position < end) return;
          await file.close();
          controller.close();
        } catch (error) {
          await file.close();
          throw error;
        }
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
}

async function readPiece(
  file: FileHandle,
  position: number,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(bytes), 0, bytes, position);
  if (bytesRead === 0) throw new Error('A chunk is shorter than it was when its size was read.');
  return buffer.subarray(0, bytesRead);
}
