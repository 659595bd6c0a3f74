/** A whole number from 0 on in decimal digits, at most 2⁵³−1; `null` for any other text. */
export function parseCount(text: string): number | null {
  if (!/^\d{1,16}$/.test(text)) return null;
  const count = Number(text);
  return Number.isSafeInteger(count) ? count : null;
}
