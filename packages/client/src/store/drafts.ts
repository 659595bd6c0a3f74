import type { EntityId, OperationId } from '@dataans/core';
import type { NewFile } from './new-file.ts';

/** Where something is being written: a new note of a space, or a note that is edited. */
export interface DraftPlace {
  readonly kind: 'space' | 'note';
  readonly id: EntityId;
}

/** What a person has written and not sent. */
export interface Draft {
  readonly text: string;
  readonly files: readonly NewFile[];
  /** The heads of the note that the person saw when they began to edit it; none for a new note. */
  readonly base: readonly OperationId[];
  /** When it was changed last, in milliseconds since 1970 UTC. */
  readonly at: number;
}

/** A draft without what it holds. */
export interface DraftRow {
  readonly place: DraftPlace;
  readonly at: number;
}

/** Drafts of this device: never synced, and gone with the home. // STO-53 */
export interface Drafts {
  read(place: DraftPlace): Draft | null;
  /** The latest one first. */
  list(): readonly DraftRow[];
  /** In one transaction. `null` ends it. */
  change(place: DraftPlace, change: (draft: Draft | null) => Draft | null): void;
  /** Files of all drafts. */
  files(): readonly NewFile[];
}
