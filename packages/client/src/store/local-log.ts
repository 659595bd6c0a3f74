import type {
  AnyOperation,
  DataKeyId,
  DeviceId,
  EntityId,
  EntityKind,
  LogId,
  OperationId,
  Stamp,
} from '@dataans/core';
import type { RecordedBeside } from './recorded-beside.ts';
import type { OutboxBounds, OutboxRow, WaitingFile } from './outbox-row.ts';
import type { Durability } from './transactions.ts';

/** How far this device has followed the log. */
export interface Cursor {
  readonly log: LogId;
  readonly seq: number;
  /** The chain at `seq`, 32 bytes. */
  readonly chain: Uint8Array;
}

/** A place in the log, and the chain there. */
export type Position = Pick<Cursor, 'seq' | 'chain'>;

/** An entry of the followed log that is an operation here. */
export interface FollowedEntry {
  readonly seq: number;
  readonly id: OperationId;
}

/** What an entry adds to the chain. */
export interface EntryHash {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** SHA-256 of the envelope. */
  readonly hash: Uint8Array;
}

/** Where this device stands with its own operations. */
export interface Writer {
  readonly device: DeviceId;
  /** Number of its last operation; 0 before the first. */
  readonly n: number;
  readonly last: Stamp;
}

/** A device's clock after it has stamped operations. */
export interface Reading {
  readonly last: Stamp;
  /** Its wall clock then, in milliseconds since 1970 UTC. */
  readonly nowMs: number;
}

/** An operation made here, sealed and ready to be stored. */
export interface LocalRevision {
  readonly id: OperationId;
  readonly operation: AnyOperation;
  /** The operation as JSON, as it was sealed. */
  readonly encoded: Uint8Array;
  readonly envelope: Uint8Array;
}

/** Why an operation could not be used. */
export const quarantineReasons = [
  'malformed',
  'unknown-version',
  'unknown-key',
  'not-authentic',
  'not-understood',
  /** The log holds other bytes under the id of an operation that this device has. */
  'other-bytes',
  /** An earlier entry of the log is the same operation. */
  'repeated',
  /** The server gives only its hash, and it is not here. // SYN-21 */
  'withheld',
] as const;
/** Why an operation could not be used. */
export type QuarantineReason = (typeof quarantineReasons)[number];

/** How many operations are kept aside, by reason. */
export type QuarantineCounts = Readonly<Partial<Record<QuarantineReason, number>>>;

/** An entry of the log as it was received, opened as far as it could be. */
export interface ReceivedOperation {
  readonly seq: number;
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** `null` where the server has pruned it. */
  readonly envelope: Uint8Array | null;
  /** SHA-256 of an envelope that the server has pruned. */
  readonly prunedHash?: Uint8Array;
  readonly opened:
    | { readonly ok: true; readonly encoded: Uint8Array; readonly operation: AnyOperation }
    | { readonly ok: false; readonly code: QuarantineReason | 'pruned' };
}

export interface PageOutcome {
  /** Operations that were new here. */
  readonly received: number;
  /** Of these, those of what a person has: not those in which a device tells of itself. */
  readonly changes: number;
  /** Entities that now rest on revisions made apart. */
  readonly merged: number;
  readonly quarantined: number;
  /** Ids and kinds of all entities whose state may have changed. */
  readonly changed: readonly { readonly kind: EntityKind; readonly id: EntityId }[];
}

/** An operation that came and could not be used. */
export interface QuarantinedOperation {
  readonly id: OperationId;
  /** Milliseconds since 1970 UTC; `null` where an earlier program received it. */
  readonly receivedAt: number | null;
  /** The entry of the followed log that it is; 0 where it is none now. // STO-25 */
  readonly seq: number;
  readonly reason: QuarantineReason;
  /** Of the envelope; `null` where it never came. */
  readonly bytes: number | null;
  /** Its envelope is here, and not only the hash of it. // STO-26 */
  readonly isKept: boolean;
  /** Of the envelope, as it says itself; `null` where it is empty. */
  readonly version: number | null;
  /** The data key that it says it is sealed under; `null` where its version is unknown or it is cut off. */
  readonly keyId: DataKeyId | null;
}

/** An entry of the followed log that is kept aside. */
export type AsideEntry = Pick<QuarantinedOperation, 'id' | 'seq' | 'reason'>;

/** An entry of the followed log of which only the hash is here. */
export interface AwaitedEntry {
  readonly entry: number;
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly seq: number;
  readonly reason: QuarantineReason;
  /** SHA-256 of its envelope. */
  readonly hash: Uint8Array;
}

export interface AwaitedBounds {
  /** Only entries behind this one. */
  readonly after: number;
  /** So many of these are left out. */
  readonly skip: number;
  readonly rows: number;
}

/** A quarantined operation that may be usable by now, with its bytes. */
export interface RetriableOperation {
  /** Ascending in the order in which they came. */
  readonly entry: number;
  /** 16 bytes. */
  readonly id: Uint8Array;
  readonly reason: QuarantineReason;
  readonly envelope: Uint8Array;
}

/** One that was opened again, as far as it could be. */
export interface RetriedOperation extends RetriableOperation {
  readonly opened: ReceivedOperation['opened'];
}

/** A device of which operations are missing here: numbers up to its highest that no operation has. */
export interface DeviceHole {
  readonly device: DeviceId;
  readonly highest: number;
  readonly missing: number;
  /** The missing numbers, as far as they are told: runs in ascending order, both ends included. */
  readonly runs: readonly NumberRun[];
}

export interface NumberRun {
  readonly first: number;
  readonly last: number;
}

/** The operations of this device's store, and how they stand with the server's log. Each call is one transaction. */
export interface LocalLog {
  writer(): Writer;
  /**
   * Stores operations made here, the state that follows, and their places in the outbox. `false`,
   * with nothing stored, when the number, the clock or the device id are no longer as they were `seen`:
   * plan anew. // STO-2
   */
  append(
    revisions: readonly LocalRevision[],
    seen: Writer,
    reading: Reading,
    beside?: RecordedBeside,
  ): boolean;
  /** What a call with this name recorded, in the order in which it did; `null` if none is remembered. // STO-50 */
  recordedBy(call: string): readonly OperationId[] | null;
  /** The greatest stamp of those of these operations that are here; `null` where none is. // CLK-5 */
  latestStamp(ids: readonly OperationId[]): Stamp | null;
  /**
   * Goes on as a new device with a new clock, where the last reading is further ahead than it may be: the
   * clock was wrong, and is right again. What is stamped ahead is remembered to have been here by now. // CLK-6
   */
  leaveClockAhead(nowMs: number): void;

  /** `null` before the first sign-in. */
  cursor(): Cursor | null;
  /**
   * Stores a page and the cursor behind it, and takes own operations that come back from the outbox. // STO-3
   *
   * @param cursor at the last entry of the page
   * @param durability at once unless told
   * @throws DataansError `integrity`, with nothing stored, where the page does not follow the cursor
   */
  applyPage(
    operations: readonly ReceivedOperation[],
    cursor: Cursor,
    nowMs: number,
    durability?: Durability,
  ): PageOutcome;

  /** The first rows of the outbox within both bounds; at least one if there is any. */
  outbox(bounds: OutboxBounds): readonly OutboxRow[];
  /** How many there are; of revisions of files only those at these places, all unless told. */
  outboxCount(files?: ReadonlySet<number>): number;
  /** How many are of what a person has: not those in which a device tells of itself. */
  outboxChanges(): number;
  /** The first revisions of files behind `after` that the server has not acknowledged. */
  waitingFiles(after: number, rows: number): readonly WaitingFile[];
  /** The lowest number among this device's operations of files that the server has not acknowledged; `null` for none. // OPR-8 */
  waitingFrom(): number | null;
  /** Notes that the server lacks a change of. */
  outboxNotes(): number;
  /**
   * The server has these rows now. With a cursor they follow it without a gap, and it moves on to
   * `cursor` in the same transaction; with `null` it stays, and they will be met when pulling. It is on
   * disk soon. // STO-4, STO-20
   *
   * @throws DataansError `integrity`, with nothing stored, where they do not follow the cursor
   */
  acknowledge(places: readonly number[], cursor: Cursor | null): void;

  /** How many positions up to `seqMax` are remembered. */
  countPositions(seqMax: number): number;
  /** The remembered position with this rank, from 0 in the order of the log; `null` where there are fewer. */
  positionAt(rank: number): Position | null;
  /** The remembered positions behind `after`, up to and with `upTo`, in the order of the log. */
  listPositions(after: number, upTo: number): readonly Position[];
  /** The first entries behind `after` that are operations here, in the order of the log. */
  listEntries(after: number, entries: number): readonly FollowedEntry[];
  /** Entries behind `after` up to `upTo`, as far as they are known here, in the order of the log. // WIT-2 */
  listHashes(after: number, upTo: number): readonly EntryHash[];
  /**
   * Follows the log from `cursor` on, which may be of another log, and forgets the positions behind it. What
   * entries behind it were here goes back to the outbox: it leaves it when it is met again. // STO-15
   */
  rewind(cursor: Cursor): void;

  quarantine(): readonly QuarantinedOperation[];
  isQuarantineEmpty(): boolean;
  /** The first entries behind `after` that are kept aside for one of these reasons, in the order of the log. */
  asideEntries(reasons: readonly QuarantineReason[], after: number, rows: number): readonly AsideEntry[];
  /** How many there are. */
  countAsideEntries(reasons: readonly QuarantineReason[], after: number): number;
  /** How many there are for each reason. */
  quarantineCounts(): QuarantineCounts;
  /** The first operations behind `after` that another program or keyring may be able to use; see `outbox`. // STO-21 */
  retriable(bounds: OutboxBounds): readonly RetriableOperation[];
  /**
   * Those that can be used now leave the quarantine and are operations like any other; the others stay, with
   * the reason that holds now. // STO-21
   */
  applyRetried(operations: readonly RetriedOperation[], nowMs: number): PageOutcome;
  /** Entries that are kept aside for one of these reasons and whose bytes are not here, in the order of the log. // SYN-23 */
  awaited(reasons: readonly QuarantineReason[], bounds: AwaitedBounds): readonly AwaitedEntry[];
  /** Keeps only the hash of what anybody can have made and the log has: the bytes are asked for if they are needed. // STO-26 */
  giveUp(): { readonly operations: number; readonly bytes: number };
  /** What a quarantined operation is, as it came; `null` where its bytes are not kept. */
  quarantinedEnvelope(id: OperationId): Uint8Array | null;
  /** The envelope of an operation that is here, as it was sealed. */
  envelope(id: OperationId): Uint8Array | null;
  operationCount(): number;
  /** Operations here that are not about devices. // WIT-1 */
  countNews(): number;
  /** Of each device the highest number that is here. */
  highest(): Readonly<Record<DeviceId, number>>;
  /** Of each device the number up to which every operation is here. // WIT-1 */
  seen(): Readonly<Record<DeviceId, number>>;
  /**
   * Devices whose numbers have holes here: operations that were withheld, or are in quarantine. What a device says to follow
   * later is none. // OPR-3, OPR-8, STO-11
   */
  holes(): readonly DeviceHole[];
}
