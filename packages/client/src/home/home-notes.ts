import type { EntityId, OperationId } from '@dataans/core';
import type { FileProgress } from '../files/files.ts';
import type { Content } from '../files/to-file-source.ts';
import type { Recorded } from '../notebook/notebook.ts';
import type { NoteLink } from '../linked-notes/list-links.ts';
import type { DraftPlace } from '../store/drafts.ts';
import type { TagCount } from '../store/mentions.ts';
import type { Indexing, SearchQuery, SearchResult } from '../store/text-search.ts';
import type { FileRow, NoteRow } from '../store/windows/note-row.ts';
import type { DayCount, NoteQuery, NoteWindow, TrashPage, TrashQuery } from '../store/windows/windows.ts';
import type { Cancel, Named, WithProgress } from './call-options.ts';

/** Notes: reading, listing, searching and changing them. */
export interface HomeNotes {
  /** Also a deleted one; `null` if it is not known here. */
  read(id: EntityId): Promise<Note | null>;
  /** Ids of living notes, pinned ones first, then those that were edited last: all unless told. */
  list(query?: { readonly space?: EntityId; readonly limit?: number }): Promise<readonly EntityId[]>;
  /** These notes as they are in lists, in this order; also deleted ones. Those that are not known are left out. */
  rows(ids: readonly EntityId[]): Promise<readonly NoteRow[]>;
  /** What the note's text links to. */
  links(id: EntityId): Promise<readonly NoteLink[]>;
  /** Notes that link to this one, the newest first, at most a hundred. What `status().indexing` tells is behind is left out. // LNK-5 */
  backlinks(id: EntityId): Promise<readonly NoteRow[]>;
  /** Tags of living notes, the most frequent first. What is behind is left out here, too. // STO-58 */
  tags(query?: TagQuery): Promise<readonly TagCount[]>;
  window(query: NoteQuery): Promise<LinkedWindow>;
  pinned(space: EntityId): Promise<readonly NoteRow[]>;
  days(space: EntityId, zone: string): Promise<readonly DayCount[]>;
  trash(query?: TrashQuery): Promise<TrashPage>;
  /** What lives here, of all spaces. */
  count(): Promise<{ readonly spaces: number; readonly notes: number; readonly files: number }>;
  search(query: SearchQuery, options?: Cancel): Promise<SearchResult>;
  /** Reads all that is here for searches, as fast as it can: meanwhile nothing else is answered. */
  index(options?: WithProgress<Indexing>): Promise<void>;
  /** With its files. One whose id is taken was added before: it stays as it is. // STO-50, STO-54 */
  add(note: NewNote, options?: WriteOptions): Promise<Written>;
  /** `base` is what the person saw; what has come since then is merged, never overwritten. // STO-30 */
  edit(base: NoteBase, change: NoteChange, options?: WriteOptions): Promise<Written>;
  /** Deleted ones stay as they are. Up to 1,000 in one transaction. // STO-51 */
  move(ids: readonly EntityId[], space: EntityId, options?: Named): Promise<Recorded>;
  pin(ids: readonly EntityId[], pinned: boolean, options?: Named): Promise<Recorded>;
  remove(ids: readonly EntityId[], options?: Named): Promise<Recorded>;
  /** Undo: takes back what one call recorded. What was done on top of it since stays. // STO-52 */
  revert(recorded: Recorded, options?: Named): Promise<Recorded>;
}

/** Whose tags are asked for. */
export interface TagQuery {
  /** Of all spaces unless told. */
  readonly space?: EntityId;
}

/** A part of a stream, with what links to its notes. */
export interface LinkedWindow extends NoteWindow {
  /** How many notes link to each, at most a hundred; those that none links to are left out. */
  readonly linkedFrom: ReadonlyMap<EntityId, number>;
}

/** A note as a whole. */
export interface Note {
  readonly id: EntityId;
  /** The revisions that this is: to be given back with an edit. */
  readonly heads: readonly OperationId[];
  readonly space: EntityId;
  readonly name: string;
  /** See `noteTitle`. */
  readonly title: string;
  readonly text: string;
  readonly pinned: boolean;
  /** Milliseconds since 1970 UTC, as are all times; `null`: it is from when it was recorded. */
  readonly date: number | null;
  readonly createdAt: number;
  readonly editedAt: number;
  readonly deleted: boolean;
  readonly conflict: boolean;
  readonly backedUp: boolean;
  /** Those that are known here, in the note's order. */
  readonly files: readonly FileRow[];
  /** How many more it names, which have not come yet. */
  readonly awaitedFiles: number;
}

/** How a note is written. */
export interface WriteOptions extends Named, Cancel, WithProgress<AttachProgress> {
  /** A draft that is sent with it: its files are attached, before others, and it ends in the same transaction. // STO-53 */
  readonly draft?: DraftPlace;
}

/** Of the file that is being sealed. */
export interface AttachProgress extends FileProgress {
  readonly name: string;
}

/** Content to be attached to a note. */
export interface Attachable {
  /** A new one unless told. */
  readonly id?: EntityId;
  readonly name: string;
  /** Media type, if the content says none itself. What the content proves to be counts before that. // FIL-10 */
  readonly type?: string;
  /** In the home's own thread also a source of the platform's. */
  readonly content: Content;
}

/** A note to be added. */
export interface NewNote {
  /** A new one unless told. */
  readonly id?: EntityId;
  readonly space: EntityId;
  readonly text: string;
  readonly name?: string;
  readonly date?: number;
  readonly pinned?: boolean;
  readonly attach?: readonly Attachable[];
}

/** What an edit is based on. */
export type NoteBase = Pick<Note, 'id' | 'heads'>;

/** What an edit changes; the rest stays. */
export interface NoteChange {
  readonly text?: string;
  readonly name?: string;
  /** `null`: from when it was recorded. */
  readonly date?: number | null;
  /** Behind those that it has. */
  readonly attach?: readonly Attachable[];
  readonly detach?: readonly EntityId[];
}

/** A note that was written. */
export interface Written {
  readonly id: EntityId;
  readonly recorded: Recorded;
}
