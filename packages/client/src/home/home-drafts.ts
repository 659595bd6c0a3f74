import type { EntityId, OperationId } from '@dataans/core';
import type { DraftText } from '../drafts/write-drafts.ts';
import type { DraftPlace, DraftRow } from '../store/drafts.ts';
import type { FileRow } from '../store/windows/note-row.ts';
import type { Cancel, WithProgress } from './call-options.ts';
import type { Attachable, AttachProgress } from './home-notes.ts';

/**
 * What is written and not sent, of each space (a new note) and of each note (an edit of it). Kept on this device alone,
 * and gone with the home. A draft ends with the note that is added or edited with it, see `WriteOptions`. // STO-53
 */
export interface HomeDrafts {
  read(place: DraftPlace): Promise<HomeDraft | null>;
  /** Its text; its files stay. `null` drops it with its files, and so does an empty text if it has none. */
  write(place: DraftPlace, draft: DraftText | null): Promise<void>;
  /** The content is kept until the draft is sent or dropped, or the file is taken off. */
  attach(
    place: DraftPlace,
    file: Attachable,
    options?: Cancel & WithProgress<AttachProgress>,
  ): Promise<FileRow>;
  detach(place: DraftPlace, file: EntityId): Promise<void>;
  /** The latest one first. */
  list(): Promise<readonly DraftRow[]>;
}

/** A draft as it is kept. */
export interface HomeDraft {
  readonly text: string;
  readonly files: readonly FileRow[];
  /** None for a new note. */
  readonly base: readonly OperationId[];
  /** When it was changed last, in milliseconds since 1970 UTC. */
  readonly at: number;
}
