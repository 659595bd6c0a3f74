const hexByByte: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

const charCodeByNibble: readonly number[] = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

const nibbleByCharCode: Int8Array = new Int8Array(128).fill(-1);
for (const [nibble, charCode] of charCodeByNibble.entries()) nibbleByCharCode[charCode] = nibble;

/** The lower-case digit of 0 to 15. */
export function nibbleToCharCode(nibble: number): number {
  return charCodeByNibble[nibble] ?? 0;
}

/** 0 to 15; −1 where the character is no lower-case hexadecimal digit. */
export function charCodeToNibble(charCode: number): number {
  return nibbleByCharCode[charCode] ?? -1;
}

/** Lower-case hexadecimal, two digits a byte. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += hexByByte[byte];
  return hex;
}

/** Bytes of a lower-case hexadecimal text; `null` where it is not one. */
export function hexToBytes(hex: string): Uint8Array | null {
  if (hex.length % 2 !== 0) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = charCodeToNibble(hex.charCodeAt(index * 2));
    const low = charCodeToNibble(hex.charCodeAt(index * 2 + 1));
    if (high < 0 || low < 0) return null;
    bytes[index] = (high << 4) | low;
  }
  return bytes;
}
