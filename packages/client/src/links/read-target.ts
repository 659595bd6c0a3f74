/** The target of a link as it stands in a text. */
export interface LinkTarget {
  readonly start: number;
  readonly end: number;
  /** Without its backslash escapes. */
  readonly href: string;
  /** Where what belongs to it ends: behind its title, if it has one. */
  readonly after: number;
}

// Longer ones are not read: bounds keep a hostile text from being looked at again and again.
const hrefCharactersMax = 4_096;
const titleCharactersMax = 1_024;
const parenthesesMax = 32;

/**
 * A target with its title, from a place where white space may come first; `null` where there is none.
 * (CommonMark 0.31.2, section 6.3.)
 */
export function readTarget(text: string, from: number): LinkTarget | null {
  const start = skipSpace(text, from);
  const bare = text[start] === '<' ? readBracketed(text, start) : readPlain(text, start);
  if (bare === null) return null;
  const afterHref = bare.after;
  const titleStart = skipSpace(text, afterHref);
  const after = titleStart > afterHref ? (readTitle(text, titleStart) ?? afterHref) : afterHref;
  const href = text.slice(bare.start, bare.end).replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
  return { start: bare.start, end: bare.end, href: href.replaceAll('&amp;', '&'), after };
}

/** Behind spaces, and at most one end of line. */
export function skipSpace(text: string, from: number): number {
  let index = from;
  let newlines = 0;
  for (; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\n') newlines += 1;
    if (newlines > 1 || (character !== ' ' && character !== '\t' && character !== '\r' && character !== '\n'))
      break;
  }
  return index;
}

type BareTarget = Pick<LinkTarget, 'start' | 'end' | 'after'>;

function readBracketed(text: string, open: number): BareTarget | null {
  const bound = Math.min(text.length, open + hrefCharactersMax);
  for (let index = open + 1; index < bound; index += 1) {
    const character = text[index];
    if (character === '\\') index += 1;
    else if (character === '>') return { start: open + 1, end: index, after: index + 1 };
    else if (character === '<' || character === '\n') return null;
  }
  return null;
}

/** Up to white space, or the parenthesis that closes the link. */
function readPlain(text: string, start: number): BareTarget | null {
  const bound = Math.min(text.length, start + hrefCharactersMax);
  let depth = 0;
  let index = start;
  for (; index < bound; index += 1) {
    const character = text[index] ?? '';
    if (character <= ' ') break;
    if (character === '\\') index += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (depth < 0) break;
    if (depth > parenthesesMax) return null;
  }
  const end = Math.min(index, text.length);
  return end === start || depth > 0 ? null : { start, end, after: end };
}

/** Where the title that begins here ends; `null` where none does. */
function readTitle(text: string, open: number): number | null {
  const close = closerByOpener[text[open] ?? ''];
  if (close === undefined) return null;
  const bound = Math.min(text.length, open + titleCharactersMax);
  for (let index = open + 1; index < bound; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === close) return index + 1;
    else if (text[index] === '(' && close === ')') return null;
  }
  return null;
}

const closerByOpener: Readonly<Record<string, string>> = { '"': '"', "'": "'", '(': ')' };
