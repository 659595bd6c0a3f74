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

/** Fenced blocks and code spans of a Markdown text, in order. (CommonMark 0.31.2, sections 4.5 and 6.1.) */
export function findCode(text: string): readonly Span[] {
  const found: Span[] = [];
  let fence: Fence | null = null;
  let paragraphStart = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    if (fence !== null) {
      if (closesFence(text, start, end, fence)) {
        found.push({ start: fence.start, end });
        fence = null;
        paragraphStart = end;
      }
    } else {
      fence = readFence(text, start, end);
      if (fence !== null || isBlank(text, start, end)) {
        found.push(...findCodeSpans(text, paragraphStart, start));
        paragraphStart = end;
      }
    }
    start = end;
  }
  if (fence === null) found.push(...findCodeSpans(text, paragraphStart, text.length));
  else found.push({ start: fence.start, end: text.length });
  return found;
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
