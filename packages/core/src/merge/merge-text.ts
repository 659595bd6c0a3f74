import { diff3Merge } from 'node-diff3';

export interface MergedText {
  readonly text: string;
  /** Both sides changed the same lines, and both stay. */
  readonly conflict: boolean;
}

/**
 * Three-way merge by lines, line ends included. Where both sides changed the same lines both stay,
 * the earlier first; lines that both begin or end with stay once. // MRG-5
 */
export function mergeTexts(base: string, earlier: string, later: string): MergedText {
  if (earlier === later || later === base) return { text: earlier, conflict: false };
  if (earlier === base) return { text: later, conflict: false };
  const lines: string[] = [];
  let conflict = false;
  for (const region of diff3Merge(splitLines(earlier), splitLines(base), splitLines(later), {
    excludeFalseConflicts: true,
  })) {
    if (region.ok !== undefined) lines.push(...region.ok);
    if (region.conflict !== undefined) {
      const both = keepBoth(region.conflict.a, region.conflict.b);
      lines.push(...both.lines);
      conflict ||= both.conflict;
    }
  }
  return { text: joinLines(lines), conflict };
}

/** Each line with its end, so that nothing about line ends is lost; the last may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A line that was the last one gets an end when others follow it. */
function joinLines(lines: readonly string[]): string {
  const last = lines.length - 1;
  return lines.map((line, index) => (index < last && !line.endsWith('\n') ? `${line}\n` : line)).join('');
}

function keepBoth(
  earlier: readonly string[],
  later: readonly string[],
): { lines: string[]; conflict: boolean } {
  const shorter = Math.min(earlier.length, later.length);
  let start = 0;
  while (start < shorter && earlier[start] === later[start]) start += 1;
  let end = 0;
  while (end < shorter - start && earlier.at(-1 - end) === later.at(-1 - end)) end += 1;
  const earlierMiddle = earlier.slice(start, earlier.length - end);
  const laterMiddle = later.slice(start, later.length - end);
  return {
    lines: [...earlier.slice(0, start), ...earlierMiddle, ...laterMiddle, ...later.slice(later.length - end)],
    conflict: earlierMiddle.length > 0 && laterMiddle.length > 0,
  };
}
