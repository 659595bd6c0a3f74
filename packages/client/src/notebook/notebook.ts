import type { EntityId, EntityKind, NoteValue, OperationId, SpaceValue, ValueByKind } from '@dataans/core';
import type { Entity } from '../store/entities.ts';

/** What one call recorded. Empty when nothing differed. */
export interface Recorded {
  readonly operations: readonly OperationId[];
}

/** How a space looks in a list, and where it stands there. */
export type SpaceAppearance = Pick<SpaceValue, 'colour' | 'icon' | 'pinned' | 'order'>;

/** Spaces, notes and files, changed by recording operations: there is no other way. */
export interface Notebook {
  /** Makes this device known by a name, once; renames it when the name differs. */
  nameDevice(name: string): Promise<Recorded>;
  addSpace(name: string, folder?: string | null, appearance?: SpaceAppearance): Promise<Entity<'space'>>;
  renameSpace(space: EntityId, name: string): Promise<Recorded>;
  /** Changes the given fields on top of what is current; `null` takes a colour, an icon or an order away. */
  editSpace(space: EntityId, change: Partial<Pick<SpaceValue, 'name'>> & SpaceAppearance): Promise<Recorded>;
  /** Deletes the space and each living note in it; a large space in several transactions. // STO-14 */
  removeSpace(space: EntityId): Promise<Recorded>;
  addNote(note: { readonly space: EntityId } & Partial<NoteValue>): Promise<Entity<'note'>>;
  /**
   * Changes the given fields of the note as the person saw it: what has arrived since then is merged with
   * the change, never overwritten. Fields that do not differ from what the person saw are no change, except that
   * saving the text of a merged note ends its conflict. // STO-30, MRG-10
   *
   * @param base the note as it was when the person began
   * @param beside changes that are recorded together with this one, such as the files that it adds; without a
   *   change of the note none is recorded
   * @throws DataansError `not-found` if the person saw a deleted note, or it is unknown here
   */
  editNote(
    base: Entity<'note'>,
    change: Partial<NoteValue>,
    beside?: readonly PlannedChange[],
  ): Promise<Recorded>;
  /** Deletes what the person saw: an edit that they did not see keeps the note. // STO-30, MRG-6 */
  removeNote(base: Entity<'note'>): Promise<Recorded>;
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
