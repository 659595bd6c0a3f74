import { hexToBytes } from '@dataans/core';

const idDigits = 32;

/** First and last id that begin with the digits; `null` where no id can. Dashes do not count. */
export function prefixToIdRange(
  prefix: string,
): { readonly first: Uint8Array; readonly last: Uint8Array } | null {
  const digits = prefix.replaceAll('-', '').toLowerCase();
  if (digits.length > idDigits) return null;
  const first = hexToBytes(digits.padEnd(idDigits, '0'));
  const last = hexToBytes(digits.padEnd(idDigits, 'f'));
  return first === null || last === null ? null : { first, last };
}
