/** A part of a text, from `start` up to but without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Fence {
  readonly start: number;
  readonly mark: string;
  readonly length: number;
}

/**
 * Blocks of code and code spans of a Markdown text, in order. What is indented in a list is taken for a part of the list.
 * (CommonMark 0.31.2, sections 4.4, 4.5 and 6.1.)
 */
export function findCode(text: string): readonly Span[] {
  const found: Span[] = [];
  let fence: Fence | null = null;
  let paragraph: number | null = null;
  let isInList = false;
  let isQuoted = false;
  const endParagraph = (end: number): void => {
    if (paragraph !== null) found.push(...findCodeSpans(text, paragraph, end));
    paragraph = null;
  };
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const line = readLine(text, start, end, { fence, isWithin: paragraph !== null || isInList });
    if (line === 'blank') endParagraph(start);
    else if (line === 'code') found.push({ start, end });
    else if (line === 'fence end') {
      found.push({ start: fence?.start ?? start, end });
      fence = null;
    } else if (line === 'fence') {
      endParagraph(start);
      fence = readFence(text, start, end);
      if (!matchesAt(space, text, start)) isInList = false;
    } else if (line !== 'fenced') {
      const isQuote = matchesAt(quote, text, start);
      const isItem = matchesAt(listMark, text, start);
      if (line === 'heading' || isItem || (isQuote && !isQuoted)) endParagraph(start);
      if (isItem) isInList = true;
      else if (paragraph === null && !matchesAt(space, text, start)) isInList = false;
      // A paragraph of a quote goes on in lines without its mark.
      if (paragraph === null) isQuoted = isQuote;
      paragraph ??= start;
      if (line === 'heading') endParagraph(end);
    }
    start = end;
  }
  endParagraph(text.length);
  if (fence !== null) found.push({ start: fence.start, end: text.length });
  return found;
}

interface Around {
  readonly fence: Fence | null;
  /** Of a paragraph or a list: what is indented is no code there. */
  readonly isWithin: boolean;
}

function readLine(
  text: string,
  start: number,
  end: number,
  { fence, isWithin }: Around,
): 'blank' | 'code' | 'fence' | 'fenced' | 'fence end' | 'heading' | 'words' {
  if (fence !== null) return closesFence(text, start, end, fence) ? 'fence end' : 'fenced';
  if (isBlank(text, start, end)) return 'blank';
  if (!isWithin && matchesAt(indent, text, start)) return 'code';
  if (readFence(text, start, end) !== null) return 'fence';
  return matchesAt(heading, text, start) ? 'heading' : 'words';
}

const space = /\s/y;
const indent = / {4}| {0,3}\t/y;
/** A line of its own, whatever follows it, in a quote or an item too. */
const heading = /(?:[ \t>]|(?:[-+*]|1[.)])[ \t])*#{1,6}(?=\s|$)/y;
/** Both end a paragraph without a blank line. */
const listMark = /[ \t>]*(?:[-+*]|1[.)])[ \t]/y;
const quote = /[ \t]*>/y;

function matchesAt(pattern: RegExp, text: string, start: number): boolean {
  pattern.lastIndex = start;
  return pattern.test(text);
}

/** At least three of one mark, indented or quoted as deep as it may be; no backtick behind backticks. */
function readFence(text: string, lineStart: number, lineEnd: number): Fence | null {
  const start = skipMarks(text, lineStart, lineEnd);
  const mark = text[start];
  if (mark !== '`' && mark !== '~') return null;
  const end = skipRun(text, start, lineEnd, mark);
  if (end - start < 3) return null;
  if (mark === '`' && text.slice(end, lineEnd).includes('`')) return null;
  return { start: lineStart, mark, length: end - start };
}

function closesFence(text: string, lineStart: number, lineEnd: number, fence: Fence): boolean {
  const start = skipMarks(text, lineStart, lineEnd);
  const end = skipRun(text, start, lineEnd, fence.mark);
  return end - start >= fence.length && isBlank(text, end, lineEnd);
}

/** Between runs of equally many backticks. */
function findCodeSpans(text: string, start: number, end: number): readonly Span[] {
  const runs = findRuns(text, start, end);
  const nextOfLength = new Map<number, number>();
  const closers: (number | undefined)[] = [];
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const length = spanLength(runs[index]);
    closers[index] = nextOfLength.get(length);
    nextOfLength.set(length, index);
  }
  const found: Span[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const opener = runs[index];
    const closerIndex = closers[index];
    const closer = closerIndex === undefined ? undefined : runs[closerIndex];
    if (opener === undefined || closer === undefined || isEscaped(text, opener.start, start)) continue;
    found.push({ start: opener.start, end: closer.end });
    index = closerIndex ?? index;
  }
  return found;
}

function findRuns(text: string, start: number, end: number): readonly Span[] {
  const runs: Span[] = [];
  for (let index = text.indexOf('`', start); index >= 0 && index < end; index = text.indexOf('`', index)) {
    const runEnd = skipRun(text, index, end, '`');
    runs.push({ start: index, end: runEnd });
    index = runEnd;
  }
  return runs;
}

function isEscaped(text: string, index: number, start: number): boolean {
  let backslashes = 0;
  while (index - backslashes > start && text[index - backslashes - 1] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function spanLength(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start;
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === '';
}

/** Behind indentation and the marks of quotes. */
function skipMarks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && ' \t>'.includes(text[index] ?? '\n')) index += 1;
  return index;
}

function skipRun(text: string, start: number, end: number, mark: string): number {
  let index = start;
  while (index < end && text[index] === mark) index += 1;
  return index;
}
