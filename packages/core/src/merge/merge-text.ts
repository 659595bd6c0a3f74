import { countCommonEnds } from './common-ends.ts';
import { diffLines, type Hunk } from './diff-lines.ts';

export interface MergedText {
  readonly text: string;
  /** Both sides changed the same lines, and both stay. */
  readonly conflict: boolean;
}

/**
 * Three-way merge by lines. Where both sides changed the same lines both stay, the earlier first; lines
 * that both begin or end with stay once. Changes of lines next to each other do not touch. // MRG-5
 */
export function mergeTexts(base: string, earlier: string, later: string): MergedText {
  if (earlier === later || later === base) return { text: earlier, conflict: false };
  if (earlier === base) return { text: later, conflict: false };
  const baseLines = splitLines(base);
  const earlierLines = splitLines(earlier);
  const laterLines = splitLines(later);
  const merged: string[] = [];
  let conflict = false;
  let place = 0;
  for (const region of findRegions(diffLines(baseLines, earlierLines), diffLines(baseLines, laterLines))) {
    append(merged, baseLines, place, region.start);
    const both = keepBoth(
      linesOfRegion(region, region.earlier, earlierLines),
      linesOfRegion(region, region.later, laterLines),
    );
    append(merged, both.lines, 0, both.lines.length);
    conflict ||= both.conflict;
    place = region.end;
  }
  append(merged, baseLines, place, baseLines.length);
  return { text: merged.join('\n'), conflict };
}

/** Lines of the base that one side changed, or both where their changes overlap. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly earlier: readonly Hunk[];
  readonly later: readonly Hunk[];
}

function findRegions(earlier: readonly Hunk[], later: readonly Hunk[]): readonly Region[] {
  const changes = [
    ...earlier.map((hunk) => ({ hunk, isEarlier: true })),
    ...later.map((hunk) => ({ hunk, isEarlier: false })),
  ].toSorted((a, b) => a.hunk.baseStart - b.hunk.baseStart || a.hunk.baseEnd - b.hunk.baseEnd);
  const regions: { start: number; end: number; earlier: Hunk[]; later: Hunk[] }[] = [];
  for (const { hunk, isEarlier } of changes) {
    let region = regions.at(-1);
    if (region === undefined || !overlaps(region, hunk)) {
      region = { start: hunk.baseStart, end: hunk.baseEnd, earlier: [], later: [] };
      regions.push(region);
    }
    region.end = Math.max(region.end, hunk.baseEnd);
    (isEarlier ? region.earlier : region.later).push(hunk);
  }
  return regions;
}

/** A line in common, an insertion amid the lines, or two insertions at one place. */
function overlaps(region: { readonly start: number; readonly end: number }, hunk: Hunk): boolean {
  if (hunk.baseStart < region.end) return true;
  return region.start === region.end && hunk.baseStart === hunk.baseEnd && hunk.baseStart === region.start;
}

/** What a side has in the place of a region; `null` where it changed nothing there. */
function linesOfRegion(
  region: Region,
  hunks: readonly Hunk[],
  lines: readonly string[],
): readonly string[] | null {
  const [first] = hunks;
  const last = hunks.at(-1);
  if (first === undefined || last === undefined) return null;
  const start = first.sideStart - (first.baseStart - region.start);
  const end = last.sideEnd + (region.end - last.baseEnd);
  return lines.slice(start, end);
}

function keepBoth(
  earlier: readonly string[] | null,
  later: readonly string[] | null,
): { readonly lines: readonly string[]; readonly conflict: boolean } {
  if (earlier === null || later === null) return { lines: earlier ?? later ?? [], conflict: false };
  const { start, end } = countCommonEnds(earlier, later);
  const earlierMiddle = earlier.slice(start, earlier.length - end);
  const laterMiddle = later.slice(start, later.length - end);
  return {
    lines: [...earlier.slice(0, start), ...earlierMiddle, ...laterMiddle, ...later.slice(later.length - end)],
    conflict: earlierMiddle.length > 0 && laterMiddle.length > 0,
  };
}

/** The pieces between line feeds, so that joining them gives back every byte; none for an empty text. */
function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

function append(target: string[], lines: readonly string[], start: number, end: number): void {
  for (let index = start; index < end; index += 1) target.push(lines[index] ?? '');
}
