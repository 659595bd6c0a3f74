import type { QuarantineCounts, QuarantineReason } from '@dataans/client';
import { formatNumber } from './sizes.ts';

/** Why something is kept aside, and what can be done, as the end of a sentence about it. */
export const sentenceByReason: Readonly<Record<QuarantineReason, string>> = {
  'unknown-version': 'written by a newer version of Dataans: update this one',
  'not-understood': 'written by a newer version of Dataans: update this one',
  'unknown-key': "encrypted with a key this device doesn't have: sign in again",
  'not-authentic': 'altered on the way, or not from any of your devices',
  malformed: 'damaged, or not made by Dataans',
  'other-bytes': 'has the same id as a different change on this device',
  repeated: 'listed a second time by the server',
  withheld: 'held back by the server: see dataans status',
};

/** How many changes are kept aside and why: reasons that mean the same to a person are one. */
export function describeQuarantine(counts: QuarantineCounts): readonly string[] {
  const countBySentence = new Map<string, number>();
  for (const [reason, sentence] of Object.entries(sentenceByReason)) {
    // The keys of a record of exactly these.
    const count = counts[reason as QuarantineReason] ?? 0;
    if (count > 0) countBySentence.set(sentence, (countBySentence.get(sentence) ?? 0) + count);
  }
  return [...countBySentence].map(([sentence, count]) => `${formatNumber(count)} ${sentence}`);
}
