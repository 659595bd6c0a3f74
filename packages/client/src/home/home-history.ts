import type { EntityId, EntityKind, OperationId, ValueByKind } from '@dataans/core';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { LineDifference } from '../history/line-differences.ts';
import type { PastQuery, PastWindow } from '../history/past-window.ts';
import type { RestoreReport } from '../history/restore-report.ts';
import type { RestoreRequest } from '../history/restore.ts';
import type { ChangedDay } from '../store/changed-days.ts';
import type { Cancel, WithProgress } from './call-options.ts';
import type { Note } from './home-notes.ts';

/** What was, and how it comes back. Times are milliseconds since 1970 UTC, by whichever clock was right. // HIS-13 */
export interface HomeHistory {
  /** Every revision, the first one first; of a note unless told. // HIS-1 */
  revisions(id: EntityId, kind?: 'note' | 'space' | 'file'): Promise<readonly HistoryEntry[]>;
  /** One of them as a whole; `null` if it is not known here. */
  revision(id: OperationId): Promise<WholeRevision | null>;
  /** No stamp here is later, and nothing arrived later: at that moment everything was as it is. */
  latest(): Promise<number>;
  /** What differs between two revisions of one thing; everything, from `null`. // HIS-16 */
  difference(from: OperationId | null, to: OperationId): Promise<readonly LineDifference[]>;
  /** Days on which notes of a space, or of all, were made or last changed, the first one first. */
  days(query: DaysQuery): Promise<readonly ChangedDay[]>;
  /** The spaces that there were. */
  spacesAt(moment: number): Promise<readonly PastSpace[]>;
  /** A part of a space as it was. // STO-55 */
  at(moment: number, query: PastQuery): Promise<PastWindow>;
  /** A whole note as it was; `null` if it was not there yet. */
  noteAt(moment: number, id: EntityId): Promise<Note | null>;
  /** By revisions on top of what is current: that can be taken back the same way. // HIS-4 */
  restore(request: RestoreRequest, options?: RunRestoreOptions): Promise<RestoreReport>;
}

/** Whose days are asked for. */
export interface DaysQuery {
  /** Of all spaces unless told. */
  readonly space?: EntityId;
  /** IANA name, such as `Europe/Kyiv`. */
  readonly zone: string;
}

export interface WholeRevision {
  readonly id: OperationId;
  readonly kind: EntityKind;
  readonly value: ValueByKind[EntityKind];
  /** It deletes what it is about. */
  readonly deleted: boolean;
}

/** A space as it was. */
export interface PastSpace {
  readonly id: EntityId;
  readonly name: string;
  readonly folder: string | null;
  readonly colour: string | null;
  readonly icon: string | null;
  readonly pinned: boolean;
  readonly order: string | null;
  /** It was deleted, and notes in it lived. */
  readonly deleted: boolean;
}

/** How far a restore is. */
export interface RestoreProgress {
  /** Of those that may have to change. */
  readonly done: number;
  readonly total: number;
}

/** How a restore runs. */
export interface RunRestoreOptions extends Cancel, WithProgress<RestoreProgress> {
  /** Says what would change, and changes nothing. */
  readonly dryRun?: boolean;
}
