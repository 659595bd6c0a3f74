import { findCode, type Span } from './find-code.ts';
import { readTarget, skipSpace, type LinkTarget } from './read-target.ts';

/** A relative link of a Markdown text. */
export interface FoundLink {
  /** `definition`: the target of reference-style links and images. */
  readonly kind: 'link' | 'image' | 'definition';
  /** Where the target stands in the text: `text.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
  /** The target without backslash escapes; percent signs are as they are. */
  readonly href: string;
}

/**
 * What leads to something beside the note, in order: links, images, and the definitions of
 * reference-style ones. Not addresses, nor what stands in code. Takes time in proportion to the text,
 * whatever it is. (CommonMark 0.31.2, sections 4.7 and 6.3.) // LNK-1, LNK-4
 */
export function findLinks(text: string): readonly FoundLink[] {
  return findEveryLink(text).flatMap(({ kind, start, end, href }) =>
    isRelative(href) ? [{ kind, start, end, href }] : [],
  );
}

/** A link of a Markdown text with all that belongs to it: its words, its target, its title. */
export interface WholeLink extends FoundLink {
  readonly whole: Span;
}

/** The same, addresses included. */
export function findEveryLink(text: string): readonly WholeLink[] {
  const found: WholeLink[] = [];
  const codes = findCode(text).values();
  let code = codes.next().value;
  let openBrackets: number[] = [];
  let isLineBlank = true;
  for (let index = 0; index < text.length; index += 1) {
    if (code !== undefined && index >= code.start) {
      index = code.end - 1;
      isLineBlank = text[index] === '\n';
      code = codes.next().value;
      continue;
    }
    const character = text[index];
    if (character === '\n') {
      if (isLineBlank) openBrackets = [];
      isLineBlank = true;
      continue;
    }
    if (character !== ' ' && character !== '\t' && character !== '\r') isLineBlank = false;
    if (character === '\\') index += 1;
    else if (character === '[') openBrackets.push(index);
    else if (character === ']') {
      const open = openBrackets.pop();
      const link = open === undefined ? null : readLink(text, open, index);
      if (link !== null) found.push(link);
    }
  }
  return found;
}

/** The link whose text stands between these brackets, if it is one. */
function readLink(text: string, open: number, close: number): WholeLink | null {
  if (text[close + 1] === '(') {
    const target = readTarget(text, close + 2);
    if (target === null) return null;
    const end = skipSpace(text, target.after);
    if (text[end] !== ')') return null;
    return toLink(text[open - 1] === '!' ? 'image' : 'link', target, { start: open, end: end + 1 });
  }
  if (text[close + 1] !== ':' || text[open + 1] === '^' || !isAtLineStart(text, open)) return null;
  const target = readTarget(text, close + 2);
  if (target === null || !isAtLineEnd(text, target.after)) return null;
  return toLink('definition', target, { start: open, end: target.after });
}

function toLink(kind: FoundLink['kind'], { start, end, href }: LinkTarget, whole: Span): WholeLink {
  return { kind, start, end, href, whole };
}

const indentMax = 3;

function isAtLineStart(text: string, index: number): boolean {
  let start = index;
  while (index - start < indentMax && text[start - 1] === ' ') start -= 1;
  return start === 0 || text[start - 1] === '\n';
}

function isAtLineEnd(text: string, index: number): boolean {
  let end = index;
  while (text[end] === ' ' || text[end] === '\t' || text[end] === '\r') end += 1;
  return end >= text.length || text[end] === '\n';
}

/** Not an address, and not a place in the note itself. */
export function isRelative(href: string): boolean {
  return href !== '' && !/^(?:[a-z][a-z0-9+.-]{1,31}:|\/\/|#|\?)/i.test(href);
}
