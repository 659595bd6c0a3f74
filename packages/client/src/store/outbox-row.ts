import type { ChunkName, EntityId, EntityKind } from '@dataans/core';

/** A row of the outbox, in the order in which it was written. */
export interface OutboxRow {
  /** Its place in the local log, ascending. */
  readonly place: number;
  /** What it is a revision of. */
  readonly kind: EntityKind;
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly envelope: Uint8Array;
}

/** A revision of a file that the server has not acknowledged: it follows the chunks that it names. // FIL-1 */
export interface WaitingFile {
  /** Of the revision, ascending. */
  readonly place: number;
  readonly file: EntityId;
  /** Size of the content. */
  readonly bytes: number;
  readonly chunks: readonly ChunkName[];
  /** `false` for a file that another device attached: its operation came back here because the server lost it. */
  readonly madeHere: boolean;
}

export interface OutboxBounds {
  /** Only rows behind this place; all of them unless told. */
  readonly after?: number;
  /** Of revisions of files only those at these places; all of them unless told. */
  readonly files?: ReadonlySet<number>;
  readonly operations: number;
  /** Of their frames. */
  readonly bytes: number;
}
