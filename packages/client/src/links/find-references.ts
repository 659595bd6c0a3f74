import type { EntityId } from '@dataans/core';

/** What a word of a note stands for, from `start` up to but without `end`. */
export type Reference =
  /** `#tag`, without its `#`. */
  | { readonly kind: 'tag'; readonly start: number; readonly end: number; readonly tag: string }
  /** `((id))` of a note. */
  | { readonly kind: 'note'; readonly start: number; readonly end: number; readonly note: EntityId };

/**
 * A tag begins and ends with a letter or a digit, and has a letter in it: `#1` is a number. Neither what belongs to an
 * address nor `\#` begins one. // STO-58
 */
const tagPattern = String.raw`(?<![\p{L}\p{M}\p{N}/#&\\])#(?=[\p{N}_/-]*\p{L})(?<tag>[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_/-]*[\p{L}\p{M}\p{N}])?)`;
const notePattern = String.raw`\(\((?<note>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\)`;
const reference = new RegExp(`${tagPattern}|${notePattern}`, 'gu');

/** The tags and notes that words name, in order: for words that are neither code nor a link's. */
export function findReferences(words: string): readonly Reference[] {
  if (!words.includes('#') && !words.includes('((')) return [];
  return [...words.matchAll(reference)].map(({ index: start, 0: { length }, groups = {} }) => {
    const end = start + length;
    const { tag } = groups;
    // The pattern takes nothing else for the id of a note.
    return tag === undefined
      ? { kind: 'note', start, end, note: groups['note'] as EntityId }
      : { kind: 'tag', start, end, tag };
  });
}
