import type { MassDeletion } from '@dataans/client';
import { formatIsoTime } from './dates.ts';
import { formatCount, formatNumber } from './sizes.ts';

/**
 * What happened, how to have it back, and how to keep it so: a sentence each. // GRD-2
 *
 * @param call what stands before a command
 */
export function describeMassDeletion(
  { deleted, overwritten, notes, before }: MassDeletion,
  call: string,
): readonly string[] {
  const ofNotes = (count: number): string => `${formatNumber(count)} of ${formatCount(notes, 'note')} here`;
  return [
    ...(deleted > 0 ? [`${ofNotes(deleted)} were deleted on other devices.`] : []),
    ...(overwritten > 0 ? [`${ofNotes(overwritten)} lost their text on other devices.`] : []),
    `Bring them back with: ${call} restore --at ${formatIsoTime(before)} --deleted`,
    `Or keep it so with: ${call} status --acknowledge`,
  ];
}

export function massDeletionToJson(massDeletion: MassDeletion | null) {
  if (massDeletion === null) return null;
  const { at, before, ...counts } = massDeletion;
  return { ...counts, at: formatIsoTime(at), before: formatIsoTime(before) };
}
