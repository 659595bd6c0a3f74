import { formatCount } from './sizes.ts';

const units = [
  { ms: 86_400_000, name: 'day' },
  { ms: 3_600_000, name: 'hour' },
] as const;

/** `12 minutes`, `5 hours`, `10 days`: in the largest unit of which there are two. */
export function formatDuration(ms: number): string {
  const unit = units.find((one) => ms >= 2 * one.ms) ?? { ms: 60_000, name: 'minute' };
  return formatCount(Math.round(ms / unit.ms), unit.name);
}
