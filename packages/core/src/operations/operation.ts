import type { DeviceId, EntityId, LogId, OperationId } from '../ids/uuid.ts';
import type { Stamp } from './clock.ts';

export interface SpaceValue {
  readonly name: string;
  /** Path of the folder it was imported from, below the imported one: `''` for that one itself, `null` for none. */
  readonly folder: string | null;
  /** As the app that sets it spells it, such as `teal` or `#0b5cad`. */
  readonly colour?: string | null;
  /** An emoji or the name of a picture. */
  readonly icon?: string | null;
  readonly pinned?: boolean;
  /** Sorts among the orders of other spaces by UTF-16 units; between any two there is room for another. */
  readonly order?: string | null;
}

export interface NoteValue {
  readonly space: EntityId;
  /** File name; `''` for a note that was not imported and has none. */
  readonly name: string;
  /** Markdown, byte for byte: neither normalised nor trimmed. */
  readonly text: string;
  readonly files: readonly EntityId[];
  readonly pinned: boolean;
  /** The moment that the note is from, in milliseconds since 1970 UTC, if it isn't the one when it was recorded. */
  readonly date?: number | null;
}

export interface FileValue {
  readonly name: string;
  /** Size of the content. */
  readonly bytes: number;
  /** Names of its chunks in order, as `packChunkNames` gives them. */
  readonly chunks: string;
  /** Media type. */
  readonly type?: string;
  /** Pixels of a picture or a film. */
  readonly width?: number;
  readonly height?: number;
  /** A tiny picture of the content, in base64url. */
  readonly preview?: string;
}

export interface DeviceValue {
  readonly name: string;
  readonly witness?: Witness;
}

/** What a device says that it has seen of the log and of the account. */
export interface Witness {
  readonly log: LogId;
  readonly seq: number;
  /** At `seq`: 64 hexadecimal digits. */
  readonly chain: string;
  /** By device, the number up to which it holds every operation of that device. */
  readonly seen: Readonly<Record<DeviceId, number>>;
  /** Revision of the account record; `null` if it has none. */
  readonly account: number | null;
  /** The program and its version. */
  readonly program: string;
}

/**
 * What the current program knows of a value. A value that was read may have more members, which a newer program
 * wrote: whoever changes a value spreads it, and so passes them on. // OPR-7
 */
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
  /**
   * The lowest number among the device's operations of files that its server had not acknowledged when this was recorded:
   * these follow their chunks, and may come later than this one. Not there if there was none. // OPR-8
   */
  readonly waits?: number;
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
