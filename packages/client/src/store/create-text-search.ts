import { findSpans } from './find-spans.ts';
import { listCandidates } from './search-candidates.ts';
import { catchUp, excerptOf, readIfHit, withRoom } from './search.ts';
import type { SearchIndex } from './search-index.ts';
import { takeSteps } from './search-steps.ts';
import { parseSearchWords } from './search-words.ts';
import type { SearchedNote, SearchedNotes } from './searched-notes.ts';
import type { FoundNote, Indexing, SearchQuery, SearchResult, TextSearch } from './text-search.ts';
import type { ReadNumberedRows } from './windows/numbered-rows.ts';

/** A step that stays under 20 ms on a slow device: what a person asks for waits for one at most. */
const smallBatch = { operations: 20, bytes: 2 ** 16 };
/** Candidates that one step reads. */
const candidatesPerStep = 200;
const defaultLimit = 100;
const spansMax = 1_000;

type Hit = readonly [candidate: number, found: SearchedNote];

export function createTextSearch(
  index: SearchIndex,
  notes: SearchedNotes,
  readRows: ReadNumberedRows,
): TextSearch {
  const indexing = (): Indexing | null => {
    const { indexed, last } = index.behind();
    return indexed === last ? null : { done: indexed, total: last };
  };
  /** Something, once nothing is behind. */
  const indexNext = (): true | null => {
    if (indexing() === null) return true;
    const { indexed, last } = index.takeIn(smallBatch);
    return indexed === last ? true : null;
  };

  /** One call looks at some candidates; the result comes when enough of them match, or none is left. */
  const look = ({ words: query, space, limit = defaultLimit }: SearchQuery): (() => SearchResult | null) => {
    const words = parseSearchWords(query);
    // The little that was just written is found at once.
    const hasRoom = withRoom(indexNext);
    const behind = indexing();
    const lists = listCandidates(index, words, space, hasRoom);
    let candidates = lists.next().value ?? [];
    const hits: Hit[] = [];
    let next = 0;
    return () => {
      for (const end = next + candidatesPerStep; next < end && hits.length <= limit; next += 1) {
        const candidate = candidates[next];
        if (candidate === undefined) break;
        const found = readIfHit(notes, candidate, words);
        if (found !== null) hits.push([candidate, found]);
      }
      if (hits.length <= limit && next < candidates.length) return null;
      const more = hits.length <= limit ? lists.next().value : undefined;
      if (more !== undefined) {
        [candidates, next] = [more, 0];
        return null;
      }
      const shown = describe(hits.slice(0, limit), words, readRows);
      return { hits: shown, more: hits.length > limit, indexing: hasRoom ? behind : null };
    };
  };

  return {
    indexing,
    step: () => {
      withRoom(indexNext);
    },
    index: async (turns) => {
      await takeSteps(indexNext, turns);
    },
    indexAtOnce: (onIndexing) => {
      catchUp(index, onIndexing);
    },
    find: async (query, turns) => {
      turns.signal?.throwIfAborted();
      if (parseSearchWords(query.words).length === 0) return { hits: [], more: false, indexing: null };
      return takeSteps(look(query), turns);
    },
  };
}

function describe(
  hits: readonly Hit[],
  words: readonly string[],
  readRows: ReadNumberedRows,
): readonly FoundNote[] {
  const rows = readRows(hits.map(([candidate]) => candidate));
  return hits.flatMap(([candidate, found]) => {
    const note = rows.get(candidate);
    if (note === undefined) return [];
    const text = excerptOf(found, words);
    const excerpt = { text, spans: findSpans(text, words, spansMax) };
    return [{ note, excerpt, spans: findSpans(found.note.value.text, words, spansMax) }];
  });
}
