import type { EntityId } from '@dataans/core';
import type { Stop } from '../live/live-query.ts';
import type { DraftPlace } from '../store/drafts.ts';
import type { TagCount } from '../store/mentions.ts';
import type { SearchQuery, SearchResult } from '../store/text-search.ts';
import type { NoteQuery, SpaceRow } from '../store/windows/windows.ts';
import type { FileState } from '../sync/contents.ts';
import type { HomeDraft } from './home-drafts.ts';
import type { LinkedWindow, Note, TagQuery } from './home-notes.ts';
import type { HomeStatus } from './home-status.ts';

/**
 * Each calls its listener with the answer soon, and again whenever a change alters it; never twice with the same.
 * Whoever gives no `onError` has failures thrown where nobody catches them.
 */
export interface HomeLive {
  spaces(listener: (rows: readonly SpaceRow[]) => void, onError?: OnError): Stop;
  notes(query: NoteQuery, listener: (window: LinkedWindow) => void, onError?: OnError): Stop;
  tags(query: TagQuery, listener: (tags: readonly TagCount[]) => void, onError?: OnError): Stop;
  note(id: EntityId, listener: (note: Note | null) => void, onError?: OnError): Stop;
  search(query: SearchQuery, listener: (result: SearchResult) => void, onError?: OnError): Stop;
  files(
    ids: readonly EntityId[],
    listener: (states: ReadonlyMap<EntityId, FileState>) => void,
    onError?: OnError,
  ): Stop;
  draft(place: DraftPlace, listener: (draft: HomeDraft | null) => void, onError?: OnError): Stop;
  status(listener: (status: HomeStatus) => void, onError?: OnError): Stop;
}

/** Told of what went wrong behind a listener. */
export type OnError = (error: unknown) => void;
