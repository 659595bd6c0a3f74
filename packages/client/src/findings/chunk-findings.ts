import type { ChunkName } from '@dataans/core';
import type { Finding, FindingKind } from './finding.ts';

/** A piece of a file that is not as it was attached, on the server. */
export type ChunkFault = Extract<FindingKind, 'chunk-missing' | 'chunk-altered' | 'chunk-unreadable'>;

const whatByFault: Readonly<Record<ChunkFault, string>> = {
  'chunk-missing': 'is missing a piece of',
  'chunk-altered': 'sent an altered piece of',
  'chunk-unreadable': 'has a wrong piece of',
};

/** @param isHeld this device has it, and can send it again */
export function describeChunk(fault: ChunkFault, file: string, chunk: ChunkName, isHeld: boolean): Finding {
  const again =
    fault === 'chunk-unreadable'
      ? 'Attach the file again on a device that has it.'
      : isHeld
        ? 'Sync this device. It sends the piece again.'
        : 'On a device that has the file, verify all files and then sync. Or attach the file again.';
  return {
    kind: fault,
    concerns: { chunk, file },
    message: `The server ${whatByFault[fault]} “${file}” (${chunk.slice(0, 8)}).`,
    advice: again,
  };
}
