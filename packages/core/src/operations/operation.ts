import type { DeviceId, EntityId, OperationId } from '../ids/uuid.ts';
import type { Stamp } from './clock.ts';

export interface SpaceValue {
  readonly name: string;
  /** Path of the folder it was imported from, below the imported one: `''` for that one itself, `null` for none. */
  readonly folder: string | null;
}

export interface NoteValue {
  readonly space: EntityId;
  /** File name; `''` for a note that was not imported and has none. */
  readonly name: string;
  /** Markdown, byte for byte: neither normalised nor trimmed. */
  readonly text: string;
  readonly files: readonly EntityId[];
  readonly pinned: boolean;
}

export interface FileValue {
  readonly name: string;
  /** Size of the content. */
  readonly bytes: number;
  /** Names of its chunks in order, as `packChunkNames` gives them. */
  readonly chunks: string;
}

export interface DeviceValue {
  readonly name: string;
}

export interface ValueByKind {
  readonly space: SpaceValue;
  readonly note: NoteValue;
  readonly file: FileValue;
  readonly device: DeviceValue;
}

export type EntityKind = keyof ValueByKind;

export const entityKinds: readonly EntityKind[] = ['space', 'note', 'file', 'device'];

/** One recorded change: an immutable revision of one entity. // OPR-1 */
export interface Operation<Kind extends EntityKind = EntityKind> extends Stamp {
  readonly v: 1;
  readonly device: DeviceId;
  /** Counts the device's operations without a hole, from 1. // OPR-3 */
  readonly n: number;
  readonly entity: Kind;
  readonly id: EntityId;
  /** The revisions that its author saw as current; none for a creation. // OPR-2 */
  readonly parents: readonly OperationId[];
  /** A deletion keeps the value, so that it can be shown and brought back. */
  readonly deleted: boolean;
  readonly value: ValueByKind[Kind];
}

/** An operation of any one kind, with kind and value that belong together. */
export type AnyOperation = { readonly [Kind in EntityKind]: Operation<Kind> }[EntityKind];
