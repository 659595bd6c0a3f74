/** One new array holding all parts in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Same length and same bytes. Not constant-time: never for secrets. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

/** The same for secrets of one length: the time that it takes tells nothing of where they differ. */
export function equalSecretBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

/** Big-endian in eight bytes. A whole number from 0 to 2⁵³−1. */
export function uint64ToBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  writeUint32(bytes, 0, Math.floor(value / 2 ** 32));
  writeUint32(bytes, 4, value);
  return bytes;
}

/** `null` if there are fewer than eight bytes, or they stand for more than 2⁵³−1. */
export function bytesToUint64(bytes: Uint8Array): number | null {
  const value = readUint32(bytes, 0) * 2 ** 32 + readUint32(bytes, 4);
  return bytes.length < 8 || !Number.isSafeInteger(value) ? null : value;
}

/** Big-endian, at most 2³²−1. */
export function writeUint32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value >>> 24;
  target[offset + 1] = value >>> 16;
  target[offset + 2] = value >>> 8;
  target[offset + 3] = value;
}

/** Big-endian. The caller has checked that four bytes are there. */
export function readUint32(source: Uint8Array, offset: number): number {
  return (
    (((source[offset] ?? 0) << 24) |
      ((source[offset + 1] ?? 0) << 16) |
      ((source[offset + 2] ?? 0) << 8) |
      (source[offset + 3] ?? 0)) >>>
    0
  );
}

const encoder = new TextEncoder();

export function utf8ToBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** One byte for each character, which is below 256: how Node writes bytes as a "binary" text. */
export function binaryToBytes(text: string): Uint8Array {
  const { length } = text;
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `null` where the bytes are not UTF-8. A byte order mark is kept as the character it is. */
export function bytesToUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}
