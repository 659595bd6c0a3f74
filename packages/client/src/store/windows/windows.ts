import type { EntityId } from '@dataans/core';
import type { NoteKey } from './note-key.ts';
import type { NoteRow } from './note-row.ts';

/** Which part of the stream of a space is asked for. */
export interface NoteQuery {
  readonly space: EntityId;
  /** Only notes with this tag, however it is written; without its `#`. // STO-59 */
  readonly tag?: string;
  /** Default: at the end of the newest. */
  readonly place?: StreamPlace;
  /** Most rows; 50 unless told. */
  readonly limit?: number;
  /** Characters of each beginning; 200 unless told. */
  readonly beginning?: number;
}

/** Where in a stream a window is. `around` a note has it in the middle, and is at the newest if nobody knows the note. */
export type StreamPlace =
  | 'newest'
  | 'oldest'
  | { readonly before: NoteKey }
  | { readonly after: NoteKey }
  | { readonly around: EntityId }
  /** From the first note of this moment or later. */
  | { readonly from: number };

/** Rows that follow each other. A key is there if there are more on its side: go on before or after it. */
export interface NoteWindow {
  readonly rows: readonly NoteRow[];
  readonly before: NoteKey | null;
  readonly after: NoteKey | null;
}

/** How many notes of a space are of one day. */
export interface DayCount {
  /** In the reader's time zone, as `2026-11-29`. */
  readonly day: string;
  /** Of its first note: a window can begin there. */
  readonly from: number;
  readonly notes: number;
}

/** A space that can be seen: it isn't deleted, or notes in it live. // MRG-7 */
export interface SpaceRow {
  readonly id: EntityId;
  readonly name: string;
  readonly folder: string | null;
  readonly colour: string | null;
  readonly icon: string | null;
  readonly pinned: boolean;
  readonly order: string | null;
  readonly deleted: boolean;
  readonly conflict: boolean;
  readonly backedUp: boolean;
  readonly createdAt: number;
  readonly editedAt: number;
  /** Living notes in it. */
  readonly notes: number;
  /** Those of them that nobody has seen on this device. */
  readonly unread: number;
  /** The newest of them. */
  readonly last: NoteRow | null;
}

/** What a space is called, whatever became of it. */
export interface SpaceName {
  readonly id: EntityId;
  readonly name: string;
  readonly deleted: boolean;
  /** It isn't deleted, or notes in it live. // MRG-7 */
  readonly visible: boolean;
  readonly editedAt: number;
}

/** Which part of the trash is asked for. */
export interface TrashQuery {
  /** Of all spaces unless told. */
  readonly space?: EntityId;
  /** Default: from the newest deletion. */
  readonly before?: NoteKey;
  /** Most rows; 50 unless told. */
  readonly limit?: number;
  /** Characters of each beginning; 200 unless told. */
  readonly beginning?: number;
}

/** A part of the trash. */
export interface TrashPage {
  /** `editedAt` is when a note was deleted. */
  readonly rows: readonly NoteRow[];
  /** To go on from, if there are more. Its moment is a deletion's. */
  readonly before: NoteKey | null;
}

/** Parts of lists, each as fast wherever it is in a long one, and each of one moment. // STO-34 */
export interface Windows {
  /** A part of a space's stream, the oldest first. */
  stream(query: NoteQuery): NoteWindow;
  /** Pinned notes of a space, the oldest first. */
  pinned(space: EntityId): readonly NoteRow[];
  /**
   * Days of a space that notes are from, the oldest first.
   *
   * @param zone IANA name, such as `Europe/Kyiv`
   * @throws DataansError `invalid` if it is none
   */
  days(space: EntityId, zone: string): readonly DayCount[];
  /** Deleted notes, the newest deletion first. */
  trash(query: TrashQuery): TrashPage;
  /** These notes as they are in lists, in this order; also deleted ones. Those that are not known are left out. */
  rows(notes: readonly EntityId[]): readonly NoteRow[];
  /** Every space that is known, deleted ones too, by name. */
  spaceNames(): readonly SpaceName[];
  /** Pinned spaces first, then by their order, then by name. */
  spaces(): readonly SpaceRow[];
  /** Notes of the space up to this moment that are here were seen on this device. It is told to no other. */
  markRead(space: EntityId, upTo: number): void;
  /** All that is here counts as seen: what a first sync brings is no news. */
  markAllRead(): void;
}
