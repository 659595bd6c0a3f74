import type { TagCount } from '@dataans/client';

/** The beginning of a tag that somebody is typing. */
export interface TypedTag {
  /** Where its `#` is. */
  readonly from: number;
  /** What is behind that, up to the caret. */
  readonly typed: string;
}

const beginning = /(?<![\p{L}\p{M}\p{N}/#&\\])#(?<typed>[\p{L}\p{M}\p{N}_/-]*)$/u;
const wordAhead = /^[\p{L}\p{M}\p{N}_/-]/u;
const charactersMax = 100;

/** `null` if the caret isn't at the end of one. */
export function findTypedTag(text: string, caret: number): TypedTag | null {
  if (wordAhead.test(text.slice(caret, caret + 2))) return null;
  const start = Math.max(0, caret - charactersMax);
  const found = beginning.exec(text.slice(start, caret));
  return found === null ? null : { from: start + found.index, typed: found.groups?.['typed'] ?? '' };
}

const shownMax = 6;

/** Tags that begin so, the most frequent first, then those that have it in them; not the one that is there already. */
export function matchTags(tags: readonly TagCount[], typed: string): readonly TagCount[] {
  const wanted = fold(typed);
  const folded = tags.map((tag) => ({ tag, name: fold(tag.tag) }));
  const others = folded.filter(({ name }) => name !== wanted);
  const first = others.filter(({ name }) => name.startsWith(wanted));
  const within = others.filter(({ name }) => !name.startsWith(wanted) && name.includes(wanted));
  return [...first, ...within].slice(0, shownMax).map(({ tag }) => tag);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
