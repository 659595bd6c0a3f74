import type { Hunk } from './diff-lines.ts';

/** One side's hunks, with its number in merge order. */
export interface SideHunks {
  readonly side: number;
  readonly hunks: readonly Hunk[];
}

/** Lines of the base whose changes overlap, with the hunks of each side that changed them. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** In merge order. */
  readonly changes: readonly SideHunks[];
}

/** In the order of the base. Only hunks of the base that overlap come together, through others of the same region too. */
export function findRegions(sides: readonly SideHunks[]): readonly Region[] {
  const changes = sides
    .flatMap(({ side, hunks }) => hunks.map((hunk) => ({ side, hunk })))
    .toSorted((a, b) => a.hunk.baseStart - b.hunk.baseStart || a.hunk.baseEnd - b.hunk.baseEnd);
  const regions: { start: number; end: number; hunksBySide: Map<number, Hunk[]> }[] = [];
  for (const { side, hunk } of changes) {
    let region = regions.at(-1);
    if (region === undefined || !overlaps(region, hunk)) {
      region = { start: hunk.baseStart, end: hunk.baseEnd, hunksBySide: new Map() };
      regions.push(region);
    }
    region.end = Math.max(region.end, hunk.baseEnd);
    const hunks = region.hunksBySide.get(side);
    if (hunks === undefined) region.hunksBySide.set(side, [hunk]);
    else hunks.push(hunk);
  }
  return regions.map(({ start, end, hunksBySide }) => ({ start, end, changes: inMergeOrder(hunksBySide) }));
}

function inMergeOrder(hunksBySide: ReadonlyMap<number, readonly Hunk[]>): readonly SideHunks[] {
  return Array.from(hunksBySide, ([side, hunks]) => ({ side, hunks })).toSorted((a, b) => a.side - b.side);
}

/** A line in common, an insertion amid the lines, or two insertions at one place. */
function overlaps(region: { readonly start: number; readonly end: number }, hunk: Hunk): boolean {
  if (hunk.baseStart < region.end) return true;
  return region.start === region.end && hunk.baseStart === hunk.baseEnd && hunk.baseStart === region.start;
}
