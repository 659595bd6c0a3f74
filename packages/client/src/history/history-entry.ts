import type { ChangedLines, DeviceId, EntityId, OperationId } from '@dataans/core';

/** One revision of an entity, as a person can look at it. */
export interface HistoryEntry {
  /** From 1, each behind those that it was made on: the same on every device that has the same revisions. // HIS-1 */
  readonly number: number;
  readonly id: OperationId;
  /** When it counts as made, in milliseconds since 1970 UTC. // HIS-13 */
  readonly at: number;
  /** What it was stamped with: the same unless a clock was wrong. */
  readonly stampedAt: number;
  readonly device: {
    readonly id: DeviceId;
    /** `null` where it is not known here. */ readonly name: string | null;
  };
  /** It deletes the entity. */
  readonly deleted: boolean;
  /** What its author saw as current. */
  readonly madeOn: readonly number[];
  /** The last of the earlier revisions that its author had not seen. // HIS-3 */
  readonly apartFrom: readonly number[];
  /** No other revision was made on it. */
  readonly isCurrent: boolean;
  readonly changes: readonly RevisionChange[];
}

/** What a revision did to what its author saw as current. // HIS-3 */
export type RevisionChange =
  | { readonly kind: 'created' }
  /** It was made on revisions of which none is here: what it changed cannot be told. */
  | { readonly kind: 'base-unknown' }
  /** It settled revisions that were made apart. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'deleted' }
  /** What was deleted lives again. */
  | { readonly kind: 'restored' }
  | ({ readonly kind: 'text' } & ChangedLines)
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'moved'; readonly from: EntityId; readonly to: EntityId }
  | { readonly kind: 'pinned' }
  | { readonly kind: 'unpinned' }
  | { readonly kind: 'files'; readonly added: number; readonly removed: number }
  /** Another folder that a space comes from. */
  | { readonly kind: 'folder'; readonly from: string | null; readonly to: string | null }
  /** Other members: a date, a colour, or what a newer program wrote. */
  | { readonly kind: 'members'; readonly names: readonly string[] }
  /** Another content of a file. */
  | { readonly kind: 'content'; readonly from: number; readonly to: number };
