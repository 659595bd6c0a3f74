import { DataansError, type EntityId } from '@dataans/core';
import type { SqlDatabase } from '../platform/sql-database.ts';
import type { OnIndexing, SearchHit } from './entities.ts';
import { isLivingNote } from './entity-rows.ts';
import { findExcerpt } from './excerpt.ts';
import { foldText } from './fold-text.ts';
import { readNumber } from './row-values.ts';
import type { SearchIndex } from './search-index.ts';
import { parseSearchWords, wordsToTrigramQuery } from './search-words.ts';
import { foldSearchedNote, type SearchedNote, type SearchedNotes } from './searched-notes.ts';

const defaultLimit = 100;

export interface SearchFilter {
  readonly space?: EntityId;
  readonly limit?: number;
}

export interface Search {
  find(query: string, filter?: SearchFilter, onIndexing?: OnIndexing): readonly SearchHit[];
}

/** The index, or all notes where it does not help, and each candidate looked at. // STO-6 */
export function createSearch(database: SqlDatabase, index: SearchIndex, notes: SearchedNotes): Search {
  const selectNotes = database.prepare(
    `SELECT e.entity FROM entities e WHERE ${isLivingNote} ORDER BY e.edited_at DESC, e.id`,
  );

  const listCandidates = (
    words: readonly string[],
    onIndexing: OnIndexing | undefined,
  ): readonly number[] => {
    const trigramQuery = wordsToTrigramQuery(words);
    if (trigramQuery !== null && catchUp(index, onIndexing)) return index.candidates(trigramQuery);
    return selectNotes.all().map((row) => readNumber(row, 'entity'));
  };

  return {
    find: (query, { space, limit = defaultLimit } = {}, onIndexing) => {
      const words = parseSearchWords(query);
      const hits: SearchHit[] = [];
      if (words.length === 0) return hits;
      for (const candidate of listCandidates(words, onIndexing)) {
        if (hits.length >= limit) break;
        const found = notes.read(candidate);
        if (found === null || (space !== undefined && found.note.value.space !== space)) continue;
        const folded = foldSearchedNote(found);
        if (words.every((word) => folded.includes(word)))
          hits.push({ note: found.note, excerpt: excerptOf(found, words) });
      }
      return hits;
    },
  };
}

/** `false` if there is no room for the index, or nothing may be written: what is here can be searched all the same. */
function catchUp(index: SearchIndex, onIndexing: OnIndexing | undefined): boolean {
  try {
    index.catchUp(onIndexing);
    return true;
  } catch (error) {
    if (error instanceof DataansError && ['storage-full', 'storage-unusable'].includes(error.code))
      return false;
    throw error;
  }
}

function excerptOf({ note, fileNames }: SearchedNote, words: readonly string[]): string {
  const holdsWord = (name: string): boolean => words.some((word) => foldText(name).includes(word));
  const inText = findExcerpt(note.value.text, words);
  if (inText !== null) return inText;
  const name = [note.value.name, ...fileNames].find(holdsWord);
  return name ?? note.value.name;
}
