import { encodeText } from '../../world/leaks/encodings.ts';

/** Stands in every text, name and content that people write: what the server gets must not hold it. */
export const canary = 'canary-zwitschert';

/** Looks for the canary, in any spelling, in all that leaves a device. */
export interface Wire {
  inspect(what: string, bytes: Uint8Array): void;
}

const spellings = encodeText(canary);

export function createWire(fail: (what: string) => void): Wire {
  return {
    inspect: (what, bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      for (const spelling of spellings)
        if (buffer.includes(spelling.bytes)) fail(`plaintext (${spelling.encoding}) in ${what}`);
    },
  };
}
