import type { EncodedText } from './encodings.ts';

/** Something that must not be found. */
export interface Secret {
  /** What it is, for the report: such as `word архів`. */
  readonly what: string;
  readonly spellings: readonly EncodedText[];
}

export interface Leak {
  readonly what: string;
  readonly encoding: string;
  /** Of the first byte, in what was scanned. */
  readonly offset: number;
}

export interface Scanner {
  /** Spellings that are looked for. */
  readonly size: number;
  /** Every secret that is in these bytes, with the first place of each. */
  scan(bytes: Uint8Array): readonly Leak[];
}

/** Six bytes that random bytes hold by chance once in 2⁴⁸ places; shorter spellings would be found by chance. */
export const spellingBytesMin = 6;

const windowBytes = spellingBytesMin;
const factor = 0x01000193;
const filterBits = 24;

/**
 * Looks for any number of byte strings in one pass: a rolling hash over windows of fixed length and a
 * bit for each beginning of a spelling; what passes is compared byte by byte.
 */
export function createScanner(secrets: readonly Secret[]): Scanner {
  const spellingsByHash = new Map<number, { readonly what: string; readonly spelling: EncodedText }[]>();
  const filter = new Uint8Array(1 << (filterBits - 3));
  let size = 0;
  for (const { what, spellings } of secrets)
    for (const spelling of spellings) {
      if (spelling.bytes.length < windowBytes)
        throw new RangeError(`${what} is too short to be looked for (${spelling.encoding}).`);
      const hash = hashWindow(spelling.bytes);
      const known = spellingsByHash.get(hash);
      if (known === undefined) spellingsByHash.set(hash, [{ what, spelling }]);
      else known.push({ what, spelling });
      const bit = hash >>> (32 - filterBits);
      filter[bit >> 3] = byteAt(filter, bit >> 3) | (1 << (bit & 7));
      size += 1;
    }

  const scan = (scanned: Uint8Array): readonly Leak[] => {
    const bytes = Buffer.from(scanned.buffer, scanned.byteOffset, scanned.byteLength);
    const leaks = new Map<string, Leak>();
    if (bytes.length < windowBytes) return [];
    let hash = hashWindow(bytes);
    for (let start = 0; ; start += 1) {
      const bit = hash >>> (32 - filterBits);
      if ((byteAt(filter, bit >> 3) & (1 << (bit & 7))) !== 0)
        for (const { what, spelling } of spellingsByHash.get(hash) ?? [])
          if (!leaks.has(what) && isAt(bytes, start, spelling.bytes))
            leaks.set(what, { what, encoding: spelling.encoding, offset: start });
      const end = start + windowBytes;
      if (end >= bytes.length) return [...leaks.values()];
      hash = rollOn(hash, byteAt(bytes, start), byteAt(bytes, end));
    }
  };
  return { size, scan };
}

const oldestFactor = Array.from({ length: windowBytes - 1 }).reduce<number>(
  (power) => Math.imul(power, factor),
  1,
);

function hashWindow(bytes: Uint8Array): number {
  let hash = 0;
  for (let place = 0; place < windowBytes; place += 1)
    hash = (Math.imul(hash, factor) + byteAt(bytes, place)) >>> 0;
  return hash;
}

function rollOn(hash: number, oldest: number, newest: number): number {
  return (Math.imul(hash - Math.imul(oldest, oldestFactor), factor) + newest) >>> 0;
}

function isAt(bytes: Buffer, start: number, spelling: Buffer): boolean {
  return (
    start + spelling.length <= bytes.length &&
    bytes.compare(spelling, 0, spelling.length, start, start + spelling.length) === 0
  );
}

function byteAt(bytes: Uint8Array, place: number): number {
  return bytes[place] ?? 0;
}
