const minuteMs = 60_000;
const msByUnit: Readonly<Record<string, number>> = { m: minuteMs, h: 60 * minuteMs, d: 24 * 60 * minuteMs };

/** Milliseconds of `90d`, `12h` or `30m`; `null` where the text is none of these or nothing at all. */
export function parseDuration(text: string): number | null {
  const [, digits, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const unitMs = msByUnit[unit ?? ''];
  const durationMs = unitMs === undefined ? 0 : Number(digits) * unitMs;
  return durationMs === 0 ? null : durationMs;
}
