const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const sextetByCharCode: Int8Array = new Int8Array(128).fill(-1);
for (const [sextet, digit] of Array.from(alphabet).entries()) sextetByCharCode[digit.charCodeAt(0)] = sextet;

/** RFC 4648 section 5, without padding. */
export function bytesToBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const taken = Math.min(3, bytes.length - index);
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let digit = 0; digit <= taken; digit += 1) text += alphabet[(group >> (18 - 6 * digit)) & 63];
  }
  return text;
}

/**
 * Bytes of an unpadded base64url text. `null` where it is not one, or not the one and only
 * spelling of its bytes (trailing bits that are not zero).
 */
export function base64urlToBytes(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let written = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sextet = sextetByCharCode[text.charCodeAt(index)] ?? -1;
    if (sextet < 0) return null;
    bits = ((bits << 6) | sextet) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[written] = (bits >> held) & 0xff;
      written += 1;
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null;
}
