import type { EntityId, EntityKind, NoteValue, OperationId, ValueByKind } from '@dataans/core';
import type { Entity } from '../store/entities.ts';

/** What one call recorded. Empty when nothing differed. */
export interface Recorded {
  readonly operations: readonly OperationId[];
}

/** Spaces, notes and files, changed by recording operations: there is no other way. */
export interface Notebook {
  /** Makes this device known by a name, once; renames it when the name differs. */
  nameDevice(name: string): Promise<Recorded>;
  addSpace(name: string, folder?: string | null): Promise<Entity<'space'>>;
  renameSpace(space: EntityId, name: string): Promise<Recorded>;
  /** Deletes the space and each living note in it; a large space in several transactions. // STO-14 */
  removeSpace(space: EntityId): Promise<Recorded>;
  addNote(note: { readonly space: EntityId } & Partial<NoteValue>): Promise<Entity<'note'>>;
  /**
   * Changes the given fields on top of what is current; fields that do not differ are no change,
   * except that saving the text of a merged note ends its conflict. // MRG-10
   */
  editNote(note: EntityId, change: Partial<NoteValue>): Promise<Recorded>;
  removeNote(note: EntityId): Promise<Recorded>;
  /**
   * Many changes planned together, recorded all or none: for imports. A plan is made anew when another
   * process wrote first, so it must look at what is current each time.
   *
   * @throws DataansError `too-large`
   */
  record(plan: () => readonly PlannedChange[]): Promise<Recorded>;
}

/** A change to one entity, before it has a number, a stamp and a seal. */
export type PlannedChange = {
  readonly [Kind in EntityKind]: {
    readonly entity: Kind;
    readonly id: EntityId;
    /** The revisions that the author saw as current; none for a creation. */
    readonly parents: readonly OperationId[];
    readonly deleted: boolean;
    readonly value: ValueByKind[Kind];
  };
}[EntityKind];
