import { diffLines, type Hunk } from '@dataans/core';
import type { Span } from '../store/find-spans.ts';

/** A line of one text or the other, without its end, in the order in which a person reads them. */
export type LineDifference =
  | { readonly kind: 'same'; readonly text: string }
  /** `spans`: what differs from the line that was in its place; all of it if there was none, or it was another. */
  | { readonly kind: 'removed' | 'added'; readonly text: string; readonly spans: readonly Span[] };

/** What turns one text into another, line by line, with the words that differ in lines that were changed. // HIS-16 */
export function findLineDifferences(before: string, after: string): readonly LineDifference[] {
  const [base, side] = [toLines(before), toLines(after)];
  const differences: LineDifference[] = [];
  let baseAt = 0;
  const addSame = (end: number): void => {
    differences.push(...base.slice(baseAt, end).map((text) => ({ kind: 'same', text }) as const));
  };
  for (const hunk of diffLines(base, side)) {
    addSame(hunk.baseStart);
    differences.push(...describeHunk(base, side, hunk));
    baseAt = hunk.baseEnd;
  }
  addSame(base.length);
  return differences;
}

/** A line end at the end of a text is no line of its own. */
function toLines(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Lines that stand in the place of each other are compared; the rest came or went as a whole. */
function describeHunk(
  base: readonly string[],
  side: readonly string[],
  { baseStart, baseEnd, sideStart, sideEnd }: Hunk,
): readonly LineDifference[] {
  const removed = base.slice(baseStart, baseEnd);
  const added = side.slice(sideStart, sideEnd);
  const pairs = removed.map((text, index) => compareWords(text, added[index] ?? ''));
  return [
    ...removed.map((text, index) => ({ kind: 'removed', text, spans: pairs[index]?.removed ?? [] }) as const),
    ...added.map((text, index) => {
      const spans = pairs[index]?.added ?? wholeOf(text);
      return { kind: 'added', text, spans } as const;
    }),
  ];
}

interface ChangedWords {
  readonly removed: readonly Span[];
  readonly added: readonly Span[];
}

/** In longer lines, a whole text on one among them, to look for words takes too long. */
const comparedCharactersMax = 5_000;

/** Of lines that share less than a third the words that they do share only confuse. */
const sharedLeast = 1 / 3;

function compareWords(before: string, after: string): ChangedWords {
  if (Math.max(before.length, after.length) > comparedCharactersMax)
    return { removed: wholeOf(before), added: wholeOf(after) };
  const [base, side] = [toWords(before), toWords(after)];
  const hunks = diffLines(base, side);
  const removed = hunks.map(({ baseStart, baseEnd }) => toSpan(base, baseStart, baseEnd)).filter(isNotEmpty);
  const added = hunks.map(({ sideStart, sideEnd }) => toSpan(side, sideStart, sideEnd)).filter(isNotEmpty);
  const shared = 1 - lengthOf(removed) / Math.max(1, before.length);
  const sharedAfter = 1 - lengthOf(added) / Math.max(1, after.length);
  return Math.max(shared, sharedAfter) >= sharedLeast
    ? { removed, added }
    : { removed: wholeOf(before), added: wholeOf(after) };
}

/** Words, runs of spaces, and every other symbol by itself: together they are the line. */
function toWords(line: string): readonly string[] {
  return line.match(/[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]/gu) ?? [];
}

function toSpan(words: readonly string[], from: number, to: number): Span {
  const start = words.slice(0, from).join('').length;
  return { start, end: start + words.slice(from, to).join('').length };
}

function isNotEmpty({ start, end }: Span): boolean {
  return end > start;
}

function wholeOf(text: string): readonly Span[] {
  return text === '' ? [] : [{ start: 0, end: text.length }];
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}
