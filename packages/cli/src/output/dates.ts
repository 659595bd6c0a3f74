/** `2026-11-23 14:05` in the person's own time zone: the same in every locale, and sortable. */
export function formatLocalTime(ms: number): string {
  const date = new Date(ms);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
  return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** `14:05:09` in the person's own time zone. */
export function formatLocalClock(ms: number): string {
  const date = new Date(ms);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** `2026-11-23 14:05:09` in the person's own time zone. */
export function formatLocalSecond(ms: number): string {
  return `${formatLocalTime(ms)}:${twoDigits(new Date(ms).getSeconds())}`;
}

/** ISO 8601 in UTC. A time that no calendar has becomes the nearest that one has. */
export function formatIsoTime(ms: number): string {
  const dateMsMax = 8.64e15;
  return new Date(Math.max(-dateMsMax, Math.min(dateMsMax, ms))).toISOString();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
