import type { ReadChangedDays } from './changed-days.ts';
import type { EntityId, EntityKind, OperationId } from '@dataans/core';
import type { Entity } from './entities.ts';
import type { PastNotes } from './past-notes.ts';

/** What a store knows beyond what lives now. Read-only; each call sees one moment. */
export interface Past {
  /** Of this kind, deleted ones too, whose id begins with the digits (dashes may be left out). */
  findByPrefix(kind: EntityKind, prefix: string): readonly EntityId[];
  /** Deleted spaces without living notes, the latest deletion first. */
  deletedSpaces(): readonly Entity<'space'>[];
  /** Deleted notes, the latest deletion first; one by one, so that memory stays small. */
  deletedNotes(filter?: { readonly space?: EntityId }): Iterable<Entity<'note'>>;
  /** All notes that are in the space, or were when they were deleted. */
  notesOf(space: EntityId): readonly EntityId[];
  /**
   * Notes that may have been in the space at a time, without a look at any other. // STO-55
   *
   * @param atMs milliseconds since 1970 UTC
   */
  notesAt(space: EntityId, atMs: number): PastNotes;
  /**
   * All of this kind, deleted ones too, that may have changed after this time: what is not among them was then
   * as it is now. In the order in which they came here. // HIS-2
   *
   * @param atMs milliseconds since 1970 UTC; `-1` for all there are
   */
  changedAfter(kind: EntityKind, atMs: number): readonly EntityId[];
  /** Entities of which something arrived after this time whose stamp may not say when it was made. // HIS-14 */
  arrivedAfter(atMs: number): ReadonlySet<EntityId>;
  /** When revisions of an entity were here, for those whose stamp may not say when they were made. // HIS-14 */
  heldBy(kind: EntityKind, id: EntityId): ReadonlyMap<OperationId, number>;
  /**
   * Days on which notes of a space, or of all, were made or last changed, the first one first.
   *
   * @param zone IANA name, such as `Europe/Kyiv`
   * @throws DataansError `invalid` if it is none
   */
  readonly changedDays: ReadChangedDays;
  /** No stamp here is later than this, and nothing arrived later: then everything was as it is now. */
  latest(): number;
  /** Of the notes that lived when this store had so many operations: those that deletions of other devices took. // GRD-1 */
  removals(operations: number): Removals;
  /** Of the notes that lived then, and live: those whose text other devices have all but taken. // GRD-4 */
  overwritings(operations: number, least: number): Removals;
  /** Living notes of which something was here when this store had so many operations. */
  countLeft(operations: number): number;
}

export interface Removals {
  readonly removed: number;
  /** When the first of these changes counts as made, in milliseconds since 1970 UTC; `null` without any. // HIS-13 */
  readonly firstAt: number | null;
}
