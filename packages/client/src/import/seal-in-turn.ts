import { limits } from '@dataans/core';
import type { Files } from '../files/files.ts';

/**
 * Seals content of more than one piece one after another: each already keeps several pieces in memory.
 * Small content goes at once. // IMP-10
 */
export function sealInTurn(files: Pick<Files, 'seal'>): Pick<Files, 'seal'> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    seal: (source, onProgress) => {
      if (source.bytes <= limits.pieceBytesMax) return files.seal(source, onProgress);
      const sealed = last.then(() => files.seal(source, onProgress));
      last = sealed.catch(() => undefined);
      return sealed;
    },
  };
}
