import type { EntityId } from '@dataans/core';

/** A note as a list shows it: with the beginning of its text. */
export interface NoteRow {
  readonly id: EntityId;
  readonly space: EntityId;
  readonly name: string;
  /** See `noteTitle`. */
  readonly title: string;
  readonly beginning: string;
  /** The beginning is all of the text. */
  readonly isWhole: boolean;
  /** When it is from: its date, or else when it was recorded. Milliseconds since 1970 UTC, as are all times here. */
  readonly moment: number;
  readonly date: number | null;
  readonly createdAt: number;
  readonly editedAt: number;
  /** Something of it was changed after it was recorded. */
  readonly edited: boolean;
  readonly pinned: boolean;
  readonly conflict: boolean;
  readonly backedUp: boolean;
  /** Those that are known here, in the note's order. */
  readonly files: readonly FileRow[];
  /** How many more it names, which have not come yet. */
  readonly awaitedFiles: number;
}

/** A file as the row of its note shows it. */
export interface FileRow {
  readonly id: EntityId;
  readonly name: string;
  readonly bytes: number;
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** A tiny picture of it as a `data:` address, to be shown until the content is. */
  readonly preview: string | null;
}

/** Characters of a beginning, unless told. */
export const beginningCharacters = 200;
