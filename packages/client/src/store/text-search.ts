import type { EntityId } from '@dataans/core';
import type { Turns } from './search-steps.ts';
import type { Span } from './find-spans.ts';
import type { NoteRow } from './windows/note-row.ts';

/** What is searched for, and where. */
export interface SearchQuery {
  readonly words: string;
  readonly space?: EntityId;
  /** Most hits; 100 unless told. */
  readonly limit?: number;
}

/** What a search found. */
export interface SearchResult {
  /** The newest first. */
  readonly hits: readonly FoundNote[];
  /** There are more than were asked for. */
  readonly more: boolean;
  /** Changes in the index, of all: what is behind is not found yet. `null` if nothing is behind. */
  readonly indexing: Indexing | null;
}

/** A note that matches, and where. */
export interface FoundNote {
  readonly note: NoteRow;
  /** The piece of text around the first match, on one line; a name if only that matches. */
  readonly excerpt: { readonly text: string; readonly spans: readonly Span[] };
  /** Where in the note's text the words are, at most 1,000. */
  readonly spans: readonly Span[];
}

/** How far search has read what is here. */
export interface Indexing {
  readonly done: number;
  readonly total: number;
}

/** Search for a screen: nothing of it keeps others waiting for long. // STO-6, STO-44 */
export interface TextSearch {
  /** @throws the reason of the signal, when it is aborted */
  find(query: SearchQuery, turns: Turns): Promise<SearchResult>;
  /** Takes in the little that was just written, if there is room; more than that is behind still. */
  step(): void;
  /** Brings the index up to date in short steps. To be called when something was received or written. */
  index(turns: Turns): Promise<void>;
  /** The same in long steps, which is quicker and keeps everything else waiting. */
  indexAtOnce(onIndexing?: (progress: Indexing) => void): void;
  /** How far the index is; `null` if nothing is behind. */
  indexing(): Indexing | null;
}
