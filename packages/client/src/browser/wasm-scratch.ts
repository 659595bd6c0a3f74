import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm';

/** A piece of SQLite's memory that parameters are written to on their way in; grows to the largest one. */
export interface WasmScratch {
  /** Address of `bytes`, good until the next write. */
  writeBytes(bytes: Uint8Array): number;
  /** Address and length of the text in UTF-8, good until the next write. */
  writeText(text: string): { readonly start: number; readonly bytes: number };
  free(): void;
}

const firstBytes = 16_384;
const utf8BytesPerUnitMax = 3;
const encoder = new TextEncoder();

export function createWasmScratch(wasm: Sqlite3Static['wasm']): WasmScratch {
  let size = firstBytes;
  let start = wasm.alloc(size);

  const reserve = (bytes: number): void => {
    if (bytes <= size) return;
    start = wasm.realloc(start, bytes);
    size = bytes;
  };

  return {
    writeBytes: (bytes) => {
      reserve(bytes.length);
      wasm.heap8u().set(bytes, start);
      return start;
    },
    writeText: (text) => {
      reserve(text.length * utf8BytesPerUnitMax);
      const target = wasm.heap8u().subarray(start, start + size);
      return { start, bytes: encoder.encodeInto(text, target).written };
    },
    free: () => wasm.dealloc(start),
  };
}
