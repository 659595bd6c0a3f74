const bytesByUnit: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };

/** Bytes of `500MB`, `10GB` or `2TB`; `null` where the text is none of these or nothing at all. */
export function parseSize(text: string): number | null {
  const [, digits, unit = ''] = /^(\d{1,6})(MB|GB|TB)$/.exec(text) ?? [];
  const bytes = Number(digits ?? 0) * (bytesByUnit[unit] ?? 0);
  return bytes === 0 ? null : bytes;
}

/** In the largest unit that makes it a whole number. */
export function sizeToText(bytes: number): string {
  const [unit = 'MB', size = 1e6] =
    Object.entries(bytesByUnit).findLast(([, one]) => bytes % one === 0) ?? [];
  return `${bytes / size}${unit}`;
}
