import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { limits } from '@dataans/core';
import { startBareHttp } from './bare-http.ts';

/** Milliseconds to move so many whole chunks to a bare server, and from it. */
export interface BareTransfer {
  readonly upMs: number;
  readonly downMs: number;
}

/** In a process with the heap as Node sets it: a device's is set for files. */
export function measureBareTransfer(chunks: number): BareTransfer {
  const script = fileURLToPath(import.meta.url);
  return JSON.parse(
    execFileSync(process.execPath, [script, String(chunks)], { encoding: 'utf8' }),
  ) as BareTransfer;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bodies = Array.from({ length: Number(process.argv[2]) }, () => limits.chunkBytesMax);
  const http = await startBareHttp();
  const upMs = await http.uploadMs(bodies);
  const downMs = await http.downloadMs(bodies);
  await http.stop();
  console.log(JSON.stringify({ upMs, downMs } satisfies BareTransfer));
}
