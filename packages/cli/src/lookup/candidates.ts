import type { EntityId } from '@dataans/core';
import { printableLine } from '../output/printable.ts';

const candidatesMax = 5;

/** What an ambiguous name or id could mean, one on each line. */
export function describeCandidates(
  candidates: readonly { readonly id: EntityId; readonly label: string }[],
): string {
  const lines = candidates.slice(0, candidatesMax).map(({ id, label }) => `  ${id}  ${printableLine(label)}`);
  const more = candidates.length - lines.length;
  return ['Use more of the id:', ...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}
