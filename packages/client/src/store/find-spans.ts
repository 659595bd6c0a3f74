import { foldText } from './fold-text.ts';

/** A piece of a text, from one UTF-16 unit up to before another. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of a line that folds by itself, and where its folded form begins. */
interface FoldedPiece extends Span {
  readonly foldedStart: number;
}

const onlyAscii = /^[\0-\x7f]*$/;
/** A character with what changes it. */
const characters = /^[\p{M}\p{Cf}]+|[^\p{M}\p{Cf}][\p{M}\p{Cf}]*/gu;
const wordsAndGaps = /\s+|\S+/gu;

/**
 * Where in a text the words are, in its order and without overlaps.
 *
 * @param words folded, without white space
 */
export function findSpans(text: string, words: readonly string[], spansMax: number): readonly Span[] {
  const spans: Span[] = [];
  for (let start = 0; start <= text.length && spans.length < spansMax;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    for (const span of findInLine(text.slice(start, end), words))
      spans.push({ start: start + span.start, end: start + span.end });
    start = end + 1;
  }
  return spans.slice(0, spansMax);
}

function findInLine(line: string, words: readonly string[]): readonly Span[] {
  const folded = foldText(line);
  const found = words.flatMap((word) => findAll(folded, word));
  if (found.length === 0) return found;
  return joinOverlaps(onlyAscii.test(line) ? found : unfold(line, folded, found));
}

function findAll(folded: string, word: string): readonly Span[] {
  const found: Span[] = [];
  for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + 1))
    found.push({ start, end: start + word.length });
  return found;
}

/** The pieces of the line that the pieces of the folded line come from. */
function unfold(line: string, folded: string, found: readonly Span[]): readonly Span[] {
  const pieces = cutAsFolded(line, folded);
  return found.map(({ start, end }) => {
    const first = pieces.findLast(({ foldedStart }) => foldedStart <= start);
    const last = pieces.findLast(({ foldedStart }) => foldedStart < end);
    return { start: first?.start ?? 0, end: last?.end ?? line.length };
  });
}

/** As small as they can be while each folds alone as it does in its line. */
function cutAsFolded(line: string, folded: string): readonly FoldedPiece[] {
  for (const pattern of [characters, wordsAndGaps]) {
    const pieces: FoldedPiece[] = [];
    let joined = '';
    for (const { 0: piece, index } of line.matchAll(pattern)) {
      const next = foldText(piece);
      // What shows nothing belongs to nothing.
      if (next !== '') pieces.push({ start: index, end: index + piece.length, foldedStart: joined.length });
      joined += next;
    }
    if (joined === folded) return pieces;
  }
  return [{ start: 0, end: line.length, foldedStart: 0 }];
}

function joinOverlaps(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) joined.push(span);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return joined;
}
