import type { AnyRevision, EntityId, EntityKind, OperationId, Revision, ValueByKind } from '@dataans/core';

/** Current state of one entity, as all known revisions of it say. */
export interface Entity<Kind extends EntityKind = EntityKind> {
  readonly kind: Kind;
  readonly id: EntityId;
  /** The parents of the next edit. */
  readonly heads: readonly OperationId[];
  readonly value: ValueByKind[Kind];
  readonly deleted: boolean;
  /** Both sides of a conflict stand in the text. */
  readonly conflict: boolean;
  /** Milliseconds since 1970 UTC, by the clock of the device that made it. */
  readonly createdAt: number;
  readonly editedAt: number;
  /** The server has every revision of it that this device has. */
  readonly backedUp: boolean;
}

/** A space that can be seen: it is not deleted, or notes in it live. // MRG-7 */
export interface SpaceSummary {
  readonly space: Entity<'space'>;
  /** Living notes in it. */
  readonly notes: number;
}

export interface SearchHit {
  readonly note: Entity<'note'>;
  /** The piece of text around the first match, on one line; the note's name where only that matches. */
  readonly excerpt: string;
}

/** Told after each transaction of the index but the last: operations taken in, of those that were behind. */
export type OnIndexing = (progress: { readonly done: number; readonly total: number }) => void;

/**
 * What the entities of the store say now. Read-only; each call sees one moment. What comes one by one
 * is listed in that moment, and each is read when its turn comes: what was deleted meanwhile is left out.
 */
export interface Entities {
  read<Kind extends EntityKind>(kind: Kind, id: EntityId): Entity<Kind> | null;
  /** Every known revision of the entity, each behind those that it was made on; none where nothing is known of it. // HIS-1 */
  revisions<Kind extends EntityKind>(kind: Kind, id: EntityId): readonly Revision<Kind>[];
  /** One revision, whatever it is of; `null` if it is not here. */
  revision(id: OperationId): AnyRevision | null;
  /** Visible spaces by name. */
  spaces(): readonly SpaceSummary[];
  /** Living notes, pinned first, then the newest first, all unless told; one by one, so that memory stays small. */
  notes(filter?: { readonly space?: EntityId; readonly limit?: number }): Iterable<Entity<'note'>>;
  /** Their ids alone, in the same order. */
  noteIds(filter?: { readonly space?: EntityId; readonly limit?: number }): readonly EntityId[];
  /** Files that living notes hold, each once. */
  files(): Iterable<Entity<'file'>>;
  devices(): readonly Entity<'device'>[];
  /** Living entities (and visible spaces) of this kind whose id begins with the digits (dashes may be left out). */
  findByPrefix(kind: EntityKind, prefix: string): readonly EntityId[];
  /** Living notes of a space that have this file name, in whatever Unicode normalisation. */
  findNotesByName(space: EntityId, name: string): readonly Entity<'note'>[];
  /**
   * Living notes that hold every word, as a part of their text, their name or the name of one of
   * their files; upper case and diacritics make no difference. The newest first, 100 unless told. The
   * first search after a large sync takes seconds, and tells `onIndexing` how far it is. // STO-6
   */
  search(
    query: string,
    filter?: { readonly space?: EntityId; readonly limit?: number },
    onIndexing?: OnIndexing,
  ): readonly SearchHit[];
  /**
   * Reads that belong together: they see one moment, and thousands of them take a fraction of the time.
   * The work is synchronous, and neither searches nor records.
   */
  inOneMoment<Result>(work: () => Result): Result;
  count(): { readonly spaces: number; readonly notes: number; readonly files: number };
}
