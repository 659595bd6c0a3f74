/* oxlint-disable no-restricted-globals -- times that were passed in are read and written here; no clock is */

/** ISO 8601 in UTC with milliseconds, of milliseconds since 1970 UTC. */
export function msToIso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Milliseconds since 1970 UTC of an ISO 8601 time or an HTTP date (RFC 9110 section 5.6.7); `null` where it is none. */
export function timeTextToMs(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
