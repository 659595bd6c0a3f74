const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** `812 bytes`, `1.2 MB`: decimal units, as disks and browsers show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return formatCount(bytes, 'byte');
  let size = bytes / 1_000;
  let unit = 0;
  while (size >= 999.95 && unit < units.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit] ?? ''}`;
}

/** `1 note`, `7,599 notes`; words that do not end in -s when there are several are given as `many`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** `7,599` for a whole number. Without the platform's formatter, which takes a while to start. */
export function formatNumber(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
