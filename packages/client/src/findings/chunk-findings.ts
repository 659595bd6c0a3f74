import type { ChunkName } from '@dataans/core';
import type { Finding, FindingKind } from './finding.ts';

/** A piece of a file that is not as it was attached, on the server. */
export type ChunkFault = Extract<FindingKind, 'chunk-missing' | 'chunk-altered' | 'chunk-unreadable'>;

const whatByFault: Readonly<Record<ChunkFault, string>> = {
  'chunk-missing': 'has not got a piece of the file',
  'chunk-altered': 'sent other bytes than a piece of the file',
  'chunk-unreadable': 'has a piece that does not fit the file',
};

/** @param isHeld this device has it, and can send it again */
export function describeChunk(fault: ChunkFault, file: string, chunk: ChunkName, isHeld: boolean): Finding {
  const again =
    fault === 'chunk-unreadable'
      ? 'Attach the file again on a device that has it.'
      : isHeld
        ? 'Run `dataans sync`: this device sends it again.'
        : 'Run `dataans verify --deep` and then `dataans sync` on a device that has the file, or attach it again.';
  return {
    kind: fault,
    concerns: { chunk, file },
    message: `The server ${whatByFault[fault]} “${file}” (${chunk.slice(0, 8)}).`,
    advice: again,
  };
}
