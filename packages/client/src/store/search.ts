import { DataansError, type EntityId } from '@dataans/core';
import type { OnIndexing, SearchHit } from './entities.ts';
import { findExcerpt } from './excerpt.ts';
import { foldText } from './fold-text.ts';
import type { SearchIndex } from './search-index.ts';
import { parseSearchWords } from './search-words.ts';
import { foldSearchedNote, type SearchedNote, type SearchedNotes } from './searched-notes.ts';

const defaultLimit = 100;

/** While somebody waits for all of it. */
const largeBatch = { operations: 500, bytes: 2 ** 23 };

export interface SearchFilter {
  readonly space?: EntityId | undefined;
  readonly limit?: number | undefined;
}

export interface Search {
  /** Once the index is up to date, or all notes looked at if there is no room for it. */
  find(query: string, filter?: SearchFilter, onIndexing?: OnIndexing): readonly SearchHit[];
}

/** The index, or all notes if it does not help, and each candidate looked at. // STO-6 */
export function createSearch(index: SearchIndex, notes: SearchedNotes): Search {
  return {
    find: (query, { space, limit = defaultLimit } = {}, onIndexing) => {
      const words = parseSearchWords(query);
      const hits: SearchHit[] = [];
      if (words.length === 0) return hits;
      const candidates = catchUp(index, onIndexing) ? index.candidates(words, space) : index.everyNote(space);
      for (const candidate of candidates) {
        if (hits.length >= limit) break;
        const found = readIfHit(notes, candidate, words);
        if (found !== null) hits.push({ note: found.note, excerpt: excerptOf(found, words) });
      }
      return hits;
    },
  };
}

/** `null` if the note does not live or does not have every word. */
export function readIfHit(
  notes: SearchedNotes,
  candidate: number,
  words: readonly string[],
): SearchedNote | null {
  const found = notes.read(candidate);
  if (found === null) return null;
  const folded = foldSearchedNote(found);
  return words.every((word) => folded.includes(word)) ? found : null;
}

export function excerptOf({ note, fileNames }: SearchedNote, words: readonly string[]): string {
  const holdsWord = (name: string): boolean => words.some((word) => foldText(name).includes(word));
  const inText = findExcerpt(note.value.text, words);
  if (inText !== null) return inText;
  const name = [note.value.name, ...fileNames].find(holdsWord);
  return name ?? note.value.name;
}

/** `false` if there is no room for the index, or nothing may be written: what is here can be searched all the same. */
export function withRoom(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof DataansError && ['storage-full', 'storage-unusable'].includes(error.code))
      return false;
    throw error;
  }
}

/** `false` if there is no room for the index. */
export function catchUp(index: SearchIndex, onIndexing: OnIndexing = () => undefined): boolean {
  return withRoom(() => {
    const first = index.behind();
    for (let behind = first; behind.indexed !== behind.last;) {
      behind = index.takeIn(largeBatch);
      if (behind.indexed !== behind.last)
        onIndexing({ done: behind.indexed - first.indexed, total: behind.last - first.indexed });
    }
  });
}
