/**
 * The Padmé size of a length: the next one whose binary form ends in enough zeros that the size
 * tells at most log₂ log₂ of it, at the price of at most 12 %. (Nikitin et al., "Reducing Metadata
 * Leakage from Encrypted Files and Communication with PURBs", section 4.) // PAD-1
 *
 * @param length bytes, from 0 to 2³¹−1
 */
export function padmeSize(length: number): number {
  if (length < 2) return length;
  const exponent = 31 - Math.clz32(length);
  const significantBits = 32 - Math.clz32(exponent);
  const zeroBits = exponent - significantBits;
  if (zeroBits <= 0) return length;
  const step = 2 ** zeroBits;
  return Math.ceil(length / step) * step;
}
