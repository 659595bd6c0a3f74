import { editedLinesMax } from '../limits.ts';
import { countCommonEnds } from './common-ends.ts';

/** Lines of one text and those that stand in their place in another. Starts are from 0, ends excluded. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseEnd: number;
  readonly sideStart: number;
  readonly sideEnd: number;
}

/**
 * What turns `base` into `side`, in order: lines that both begin or end with are common, and what is
 * left is compared as in Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4.
 * Replicas have to agree, so the one shortest edit that is taken is a rule. // MRG-9
 */
export function diffLines(base: readonly string[], side: readonly string[]): readonly Hunk[] {
  const { start, end } = countCommonEnds(base, side);
  const baseEnd = base.length - end;
  const sideEnd = side.length - end;
  if (start === baseEnd && start === sideEnd) return [];
  const whole: Hunk = { baseStart: start, baseEnd, sideStart: start, sideEnd };
  if (start === baseEnd || start === sideEnd) return [whole];
  const rounds = searchShortestEdit(base, side, whole);
  return rounds === null ? [whole] : readHunks(rounds, whole);
}

/**
 * The furthest place in `base` on each diagonal (place in `side` less place in `base`, both from the
 * start), after each number of edits; `null` where it takes more edits than are searched for. Round d
 * holds diagonals −d, −d+2 … d.
 */
function searchShortestEdit(
  base: readonly string[],
  side: readonly string[],
  { baseStart, baseEnd, sideStart, sideEnd }: Hunk,
): readonly Int32Array[] | null {
  const baseLines = baseEnd - baseStart;
  const sideLines = sideEnd - sideStart;
  const rounds: Int32Array[] = [];
  let last = new Int32Array();
  for (let edits = 0; edits <= editedLinesMax; edits += 1) {
    const furthest = new Int32Array(edits + 1);
    for (let index = 0; index <= edits; index += 1) {
      const diagonal = 2 * index - edits;
      let place = edits === 0 ? 0 : stepFrom(last, index, edits);
      while (
        place < baseLines &&
        place + diagonal < sideLines &&
        base[baseStart + place] === side[sideStart + place + diagonal]
      )
        place += 1;
      furthest[index] = place;
      if (place >= baseLines && place + diagonal >= sideLines) return [...rounds, furthest];
    }
    rounds.push(furthest);
    last = furthest;
  }
  return null;
}

/** Where one more edit arrives on a diagonal: by inserting a line, unless deleting one gets further. */
function stepFrom(last: Int32Array, index: number, edits: number): number {
  const byInsertion = index > 0 ? (last[index - 1] ?? 0) : -1;
  const byDeletion = index < edits ? (last[index] ?? 0) + 1 : -1;
  return Math.max(byInsertion, byDeletion);
}

/** The single edits on the way back from the end, joined where they are next to each other. */
function readHunks(rounds: readonly Int32Array[], whole: Hunk): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let baseEnd = whole.baseEnd - whole.baseStart;
  let sideEnd = whole.sideEnd - whole.sideStart;
  for (let edits = rounds.length - 1; edits > 0; edits -= 1) {
    const last = rounds[edits - 1] ?? new Int32Array();
    const index = (sideEnd - baseEnd + edits) / 2;
    const byInsertion = index > 0 ? (last[index - 1] ?? 0) : -1;
    const byDeletion = index < edits ? (last[index] ?? 0) + 1 : -1;
    const isDeletion = byDeletion > byInsertion;
    const arrival = isDeletion ? byDeletion : byInsertion;
    const sideArrival = arrival + sideEnd - baseEnd;
    baseEnd = isDeletion ? arrival - 1 : arrival;
    sideEnd = isDeletion ? sideArrival : sideArrival - 1;
    prependEdit(hunks, {
      baseStart: whole.baseStart + baseEnd,
      baseEnd: whole.baseStart + arrival,
      sideStart: whole.sideStart + sideEnd,
      sideEnd: whole.sideStart + sideArrival,
    });
  }
  return hunks.toReversed();
}

/** The list runs backwards: its last hunk is the one that follows the edit, at once where no line is between them. */
function prependEdit(hunks: Hunk[], edit: Hunk): void {
  const next = hunks.at(-1);
  if (next?.baseStart === edit.baseEnd) {
    hunks[hunks.length - 1] = { ...next, baseStart: edit.baseStart, sideStart: edit.sideStart };
  } else hunks.push(edit);
}
