import type { ArchivePlace } from '../export/archive-place.ts';

/** An archive in memory, as a browser on Linux would place it. */
export function createMemoryArchive(): ArchivePlace & { whole(): Blob } {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let isWhole = false;
  const whole = (): Blob => {
    if (!isWhole) throw new TypeError('The archive is not whole.');
    return new Blob(pieces);
  };
  return {
    rules: { names: 'posix', foldsCase: false, foldsNormalization: false, pathBytesMax: 4_000 },
    write: async (bytes) => {
      pieces.push(bytes.slice());
    },
    close: async () => {
      isWhole = true;
    },
    abort: async () => {
      pieces.length = 0;
    },
    read: async () => whole(),
    whole,
  };
}
