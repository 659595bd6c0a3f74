import type { ChunkName, EntityId, OperationId } from '@dataans/core';

/** What people were told is safe, and what they meant: held against what is there in the end. */
export interface Ledger {
  /** Operations that a device has acknowledged, by whom. */
  readonly acknowledged: ReadonlyMap<OperationId, string>;
  readonly notes: ReadonlyMap<EntityId, NoteRecord>;
  readonly files: ReadonlyMap<EntityId, AttachedFile>;
  acknowledge(device: string, operations: readonly OperationId[]): void;
  noteOf(id: EntityId): NoteRecord;
  attach(file: EntityId, attached: AttachedFile): void;
}

export interface NoteRecord {
  /** Lines that were added, each by the operation that was acknowledged for it. No two lines are the same. */
  readonly lines: Map<string, OperationId>;
  /** Lines that somebody took away, or tried to. */
  readonly removedLines: Set<string>;
  /** Operations that say that the note is there. */
  readonly edits: Set<OperationId>;
  readonly deletions: Deletion[];
  readonly files: Map<EntityId, OperationId>;
  /** Members that only a newer program knows, each by the operation that was acknowledged for it. No two are the same. */
  readonly members: Map<string, OperationId>;
}

export interface Deletion {
  /** Revisions that whoever deleted the note had before them. */
  seen: ReadonlySet<OperationId>;
  /** `null` while nobody knows whether it was recorded. */
  operation: OperationId | null;
}

export interface AttachedFile {
  readonly note: EntityId;
  readonly device: string;
  readonly content: Uint8Array;
  readonly chunks: readonly ChunkName[];
  readonly operations: readonly OperationId[];
}

export function createLedger(): Ledger {
  const acknowledged = new Map<OperationId, string>();
  const notes = new Map<EntityId, NoteRecord>();
  const files = new Map<EntityId, AttachedFile>();
  return {
    acknowledged,
    notes,
    files,
    acknowledge: (device, operations) => {
      for (const operation of operations) acknowledged.set(operation, device);
    },
    noteOf: (id) => {
      const known = notes.get(id) ?? emptyRecord();
      notes.set(id, known);
      return known;
    },
    attach: (file, attached) => {
      files.set(file, attached);
    },
  };
}

function emptyRecord(): NoteRecord {
  return {
    lines: new Map(),
    removedLines: new Set(),
    edits: new Set(),
    deletions: [],
    files: new Map(),
    members: new Map(),
  };
}
