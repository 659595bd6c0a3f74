import type { FileValue } from '@dataans/core';

/** A file of an export. */
export interface PlannedFile {
  /** Folders and the name, below the target. */
  readonly path: readonly string[];
  /** The file entity whose content it is, if it is one's. */
  readonly file: FileValue | null;
  readonly pieces: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}
