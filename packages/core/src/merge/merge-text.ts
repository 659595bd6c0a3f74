import { countCommonEnds } from './common-ends.ts';
import { diffLines, type Hunk } from './diff-lines.ts';
import { findRegions, type Region } from './text-regions.ts';

export interface MergedText {
  readonly text: string;
  /** Several sides changed the same lines, not all alike, and not all by deleting. */
  readonly conflict: boolean;
}

type Lines = readonly string[];

/**
 * Merges texts that were made apart, by lines and all at once. Where several changed the same lines what each of
 * them wrote stays, in order. Changes of lines next to each other do not touch. // MRG-5
 *
 * @param sides at least one, in merge order
 */
export function mergeTexts(base: string, ...sides: readonly string[]): MergedText {
  const changed = [...new Set(sides)].filter((side) => side !== base);
  const [only] = changed;
  if (only === undefined || changed.length === 1) return { text: only ?? base, conflict: false };
  const baseLines = splitLines(base);
  const sideLines = changed.map(splitLines);
  const regions = findRegions(sideLines.map((lines, side) => ({ side, hunks: diffLines(baseLines, lines) })));
  const merged: string[] = [];
  let conflict = false;
  let place = 0;
  for (const region of regions) {
    append(merged, baseLines, place, region.start);
    const settled = settle(region, baseLines, sideLines);
    append(merged, settled.lines, 0, settled.lines.length);
    conflict ||= settled.conflict;
    place = region.end;
  }
  append(merged, baseLines, place, baseLines.length);
  return { text: merged.join('\n'), conflict };
}

interface Settled {
  readonly lines: Lines;
  readonly conflict: boolean;
}

/** What stands in the place of a region. Who only deleted lines wrote nothing that could stay. // MRG-5, MRG-10 */
function settle(region: Region, baseLines: Lines, sideLines: readonly Lines[]): Settled {
  const writers = region.changes.filter(({ hunks }) => hunks.some(writes));
  if (writers.length === 0) return { lines: linesNobodyDeleted(region, baseLines), conflict: false };
  const written = withoutRepetition(
    writers.map(({ side, hunks }) => linesOfRegion(region, hunks, sideLines[side] ?? [])),
  );
  const kept = keepAll(written);
  const areAllAlike = written.length === 1 && writers.length === region.changes.length;
  const isInsertion = region.start === region.end;
  return { lines: kept.lines, conflict: isInsertion ? kept.parts > 1 : !areAllAlike };
}

function writes({ sideStart, sideEnd }: Hunk): boolean {
  return sideEnd > sideStart;
}

function linesNobodyDeleted({ start, end, changes }: Region, baseLines: Lines): Lines {
  const deletions = changes.flatMap(({ hunks }) => hunks);
  return baseLines.slice(start, end).filter((_, index) => {
    const place = start + index;
    return !deletions.some(({ baseStart, baseEnd }) => baseStart <= place && place < baseEnd);
  });
}

/** What a side has in the place of a region. */
function linesOfRegion({ start, end }: Region, hunks: readonly Hunk[], lines: Lines): Lines {
  const [first] = hunks;
  const last = hunks.at(-1);
  if (first === undefined || last === undefined) throw new TypeError('A side without a change has no part.');
  return lines.slice(first.sideStart - (first.baseStart - start), last.sideEnd + (end - last.baseEnd));
}

/** What all begin with, the rest of each, and what all end with: `parts` says how many rests have lines. */
function keepAll(versions: readonly Lines[]): { readonly lines: Lines; readonly parts: number } {
  const [first = []] = versions;
  const common = versions.slice(1).map((version) => countCommonEnds(first, version));
  const start = Math.min(first.length, ...common.map((ends) => ends.start));
  const end = Math.min(first.length - start, ...common.map((ends) => ends.end));
  const rests = withoutRepetition(versions.map((version) => version.slice(start, version.length - end)));
  const parts = rests.filter((rest) => rest.length > 0);
  return {
    lines: [...first.slice(0, start), ...parts.flat(), ...first.slice(first.length - end)],
    parts: parts.length,
  };
}

function withoutRepetition(versions: readonly Lines[]): readonly Lines[] {
  // The number of lines tells a blank line from none.
  const keyOf = (version: Lines): string => `${version.length}\n${version.join('\n')}`;
  return [
    ...new Map(versions.toReversed().map((version) => [keyOf(version), version])).values(),
  ].toReversed();
}

/** The pieces between line feeds, so that joining them gives back every byte; none for an empty text. */
function splitLines(text: string): Lines {
  return text === '' ? [] : text.split('\n');
}

function append(target: string[], lines: Lines, start: number, end: number): void {
  for (let index = start; index < end; index += 1) target.push(lines[index] ?? '');
}
