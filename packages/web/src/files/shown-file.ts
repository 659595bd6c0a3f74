import type { FileRow, FileState } from '@dataans/client';

/** A file of a note, and where its content is; `null` until that is known. */
export interface ShownFile {
  readonly file: FileRow;
  readonly state: FileState | null;
}
