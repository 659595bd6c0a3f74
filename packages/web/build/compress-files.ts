import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const isWorthIt = /\.(css|html|js|json|svg|wasm|webmanifest)$/;

/** Puts a `.br` and a `.gz` beside each file that gets smaller, so that a server only has to choose. */
export function compressFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !isWorthIt.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    writeIfSmaller(`${path}.br`, brotliCompressSync(bytes, { params: brotliParameters(bytes) }), bytes);
    writeIfSmaller(`${path}.gz`, gzipSync(bytes, { level: 9 }), bytes);
  }
}

function brotliParameters(bytes: Uint8Array): Readonly<Record<number, number>> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
}

function writeIfSmaller(path: string, compressed: Uint8Array, bytes: Uint8Array): void {
  if (compressed.length < bytes.length) writeFileSync(path, compressed);
}
