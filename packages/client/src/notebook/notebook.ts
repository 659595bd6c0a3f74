import type { EntityId, EntityKind, NoteValue, OperationId, SpaceValue, ValueByKind } from '@dataans/core';
import type { DraftPlace } from '../store/drafts.ts';
import type { Entity } from '../store/entities.ts';
import type { NewFile } from '../store/new-file.ts';
import type { SeenEntity } from './read-seen.ts';

/** What one call recorded. Empty when nothing differed. */
export interface Recorded {
  readonly operations: readonly OperationId[];
}

export interface RecordOptions {
  /**
   * The caller's own name for this call, at most 100 characters: asked again with it, the call records nothing more, and
   * gives what it recorded. It is remembered for at least the next 1,000 calls. // STO-50
   */
  readonly call?: string;
  /** A draft that is sent with it: it ends in the same transaction. // STO-53 */
  readonly draft?: DraftPlace;
}

export interface NewNote extends Partial<NoteValue> {
  /** A new one unless told. */
  readonly id?: EntityId;
  readonly space: EntityId;
  readonly attach?: readonly NewFile[];
}

export interface NoteChange extends Partial<NoteValue> {
  /** Behind those that it has. */
  readonly attach?: readonly NewFile[];
  readonly detach?: readonly EntityId[];
}

/** How a space looks in a list, and where it stands there. */
export type SpaceAppearance = Pick<SpaceValue, 'colour' | 'icon' | 'pinned' | 'order'>;

/** Spaces, notes and files, changed by recording operations: there is no other way. */
export interface Notebook {
  /** Makes this device known by a name, once; renames it when the name differs. */
  nameDevice(name: string): Promise<Recorded>;
  /** One whose id is taken was added before: it stays as it is. // STO-50 */
  addSpace(
    name: string,
    folder?: string | null,
    appearance?: SpaceAppearance & { readonly id?: EntityId },
  ): Promise<Entity<'space'>>;
  renameSpace(space: EntityId, name: string): Promise<Recorded>;
  /** Changes the given fields on top of what is current; `null` takes a colour, an icon or an order away. */
  editSpace(space: EntityId, change: Partial<Pick<SpaceValue, 'name'>> & SpaceAppearance): Promise<Recorded>;
  /** Deletes the space and each living note in it; a large space in several transactions. // STO-14 */
  removeSpace(space: EntityId): Promise<Recorded>;
  /**
   * A note with the files that it brings, in one transaction. One whose id is taken was added before: it stays as it
   * is. // STO-50
   *
   * @throws DataansError `not-found` if there is no such space
   */
  addNote(note: NewNote, options?: RecordOptions): Promise<Entity<'note'>>;
  /**
   * Changes the given fields of the note as the person saw it: what has arrived since then is merged with
   * the change, never overwritten. Fields that do not differ from what the person saw are no change, except that
   * saving the text of a merged note ends its conflict. // STO-30, MRG-10
   *
   * @param base the note as it was when the person began
   * @throws DataansError `not-found` if the person saw a deleted note, or it is unknown here
   */
  editNote(base: SeenEntity, change: NoteChange, options?: RecordOptions): Promise<Recorded>;
  /** Deletes what the person saw: an edit that they did not see keeps the note. // STO-30, MRG-6 */
  removeNote(base: SeenEntity, options?: RecordOptions): Promise<Recorded>;
  /**
   * Moves or pins notes as they are now, up to 1,000 in one transaction. Those that are deleted stay so. // STO-51
   *
   * @throws DataansError `not-found` if one of them, or the space, is unknown here
   */
  changeNotes(
    notes: readonly EntityId[],
    change: Partial<Pick<NoteValue, 'space' | 'pinned'>>,
    options?: Pick<RecordOptions, 'call'>,
  ): Promise<Recorded>;
  /** Deletes notes as they are now, up to 1,000 in one transaction. // STO-51 */
  removeNotes(notes: readonly EntityId[], options?: Pick<RecordOptions, 'call'>): Promise<Recorded>;
  /**
   * Takes back what one call recorded, by new revisions. What was changed on top of it since stays, merged with what was
   * before. A call that took back another one is taken back the same way. // STO-52
   */
  revert(recorded: Recorded, options?: Pick<RecordOptions, 'call'>): Promise<Recorded>;
  /**
   * Many changes planned together, recorded all or none: for imports. A plan is made anew when another
   * process wrote first, so it must look at what is current each time.
   *
   * @throws DataansError `too-large`
   */
  record(plan: () => readonly PlannedChange[], options?: RecordOptions): Promise<Recorded>;
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
