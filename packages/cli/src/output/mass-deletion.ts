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
  const ofNotes = (count: number): string => `${formatNumber(count)} of your ${formatCount(notes, 'note')}`;
  return [
    ...(deleted > 0 ? [`Other devices deleted ${ofNotes(deleted)}.`] : []),
    ...(overwritten > 0 ? [`Other devices emptied ${ofNotes(overwritten)}.`] : []),
    `To bring them back: ${call} restore --at ${formatIsoTime(before)} --deleted`,
    `To keep them ${deleted > 0 ? 'deleted' : 'empty'}: ${call} status --acknowledge`,
  ];
}

export function massDeletionToJson(massDeletion: MassDeletion | null) {
  if (massDeletion === null) return null;
  const { at, before, ...counts } = massDeletion;
  return { ...counts, at: formatIsoTime(at), before: formatIsoTime(before) };
}
