import { readUint32, writeUint32 } from '../bytes/bytes.ts';

const lengthBytes = 4;

/**
 * The Padmé size of a length: the next one whose binary form ends in enough zeros that the size
 * tells at most log₂ log₂ of it, at the price of at most 12 %. (Nikitin et al., "Reducing Metadata
 * Leakage from Encrypted Files and Communication with PURBs", section 4.) // PAD-1
 *
 * @param length bytes, from 0 to 2⁵³−1
 */
export function padmeSize(length: number): number {
  if (length < 2) return length;
  const high = Math.floor(length / 2 ** 32);
  const exponent = high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(length);
  const significantBits = 32 - Math.clz32(exponent);
  const zeroBits = exponent - significantBits;
  if (zeroBits <= 0) return length;
  const step = 2 ** zeroBits;
  return Math.ceil(length / step) * step;
}

/** `length (4) | content | zeros` up to the Padmé size. // PAD-2 */
export function padContent(content: Uint8Array): Uint8Array {
  const padded = new Uint8Array(padmeSize(lengthBytes + content.length));
  writeUint32(padded, 0, content.length);
  padded.set(content, lengthBytes);
  return padded;
}

/** The content, as a view; `null` where the length, the size or the zeros are not as they must be. // PAD-3 */
export function unpadContent(padded: Uint8Array): Uint8Array | null {
  if (padded.length < lengthBytes) return null;
  const end = lengthBytes + readUint32(padded, 0);
  if (padmeSize(end) !== padded.length) return null; // a length beyond the end included: no size is smaller
  for (let index = end; index < padded.length; index += 1) if (padded[index] !== 0) return null;
  return padded.subarray(lengthBytes, end);
}
