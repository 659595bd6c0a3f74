/** A text with what is selected in it; both ends equal where the caret stands. Counts UTF-16 units. */
export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What to put in the place of a piece of the text, so that the browser's own undo knows of it. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** What is selected afterwards. */
  readonly start: number;
  readonly end: number;
}

const item =
  /^(?<indent>[ \t]*(?:> ?)*[ \t]*)(?:(?<bullet>[-+*])|(?<number>\d{1,9})(?<after>[.)]))(?<gap> +)(?<box>\[[ xX]\] +)?/;
const quote = /^(?<indent>[ \t]*(?:> ?)+)/;

/** A line break that continues a list or a quotation; an item without words ends it. `null`: an ordinary one. */
export function continueLine({ text, start, end }: Selection): Replacement | null {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const line = text.slice(lineStart, start);
  const [found, groups] = match(line);
  if (found === null || groups === null) return null;
  const isEmpty = line.length === found.length && nextBreak(text, end) === end;
  if (isEmpty) return replaceWith(lineStart, end, '');
  return replaceWith(start, end, `\n${nextPrefix(groups)}`);
}

function match(line: string): [string, Readonly<Record<string, string | undefined>>] | [null, null] {
  const found = item.exec(line) ?? quote.exec(line);
  return found?.groups === undefined ? [null, null] : [found[0], found.groups];
}

function nextPrefix({
  indent = '',
  bullet,
  number,
  after = '.',
  gap = '',
  box,
}: Readonly<Record<string, string | undefined>>): string {
  if (bullet === undefined && number === undefined) return indent;
  const mark = bullet ?? `${Number(number) + 1}${after}`;
  return `${indent}${mark}${gap}${box === undefined ? '' : '[ ] '}`;
}

/** Moves the selected lines a step to the right or back. `null` where there is nothing to move. */
export function indentLines({ text, start, end }: Selection, direction: 'in' | 'out'): Replacement | null {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = nextBreak(text, end);
  const lines = text.slice(from, to).split('\n');
  const moved = lines.map((line) => (direction === 'in' ? `  ${line}` : line.replace(/^(?: {1,2}|\t)/, '')));
  if (moved.every((line, at) => line === lines[at])) return null;
  const first = (moved[0]?.length ?? 0) - (lines[0]?.length ?? 0);
  const insert = moved.join('\n');
  const grown = insert.length - (to - from);
  return { from, to, insert, start: Math.max(from, start + first), end: Math.max(from, end + grown) };
}

/** Puts marks round what is selected, or takes them away where they are. */
export function toggleMarks({ text, start, end }: Selection, mark: string): Replacement {
  const size = mark.length;
  const inside = text.slice(start, end);
  const isMarked =
    text.slice(start - size, start) === mark && text.slice(end, end + size) === mark && start >= size;
  if (isMarked)
    return { from: start - size, to: end + size, insert: inside, start: start - size, end: end - size };
  return { from: start, to: end, insert: `${mark}${inside}${mark}`, start: start + size, end: end + size };
}

/** `[words](address)` of what is selected, with the caret where the rest is to be typed. */
export function insertLink({ text, start, end }: Selection): Replacement {
  const inside = text.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inside);
  const insert = isAddress ? `[](${inside})` : `[${inside}]()`;
  const caret = isAddress ? start + 1 : start + insert.length - 1;
  return { from: start, to: end, insert, start: caret, end: caret };
}

function replaceWith(from: number, to: number, insert: string): Replacement {
  const caret = from + insert.length;
  return { from, to, insert, start: caret, end: caret };
}

function nextBreak(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found === -1 ? text.length : found;
}
