import type { PathRules } from '../folder-format/path-rules.ts';

/** An empty folder that an export fills. Nothing of it is there under its name before `finish`. // EXP-6 */
export interface FolderTarget {
  readonly rules: PathRules;
  /**
   * Unfinished exports to the same place: they were interrupted, or another one writes right now. Nothing
   * touches them; a person may.
   */
  readonly leftovers: readonly string[];
  /**
   * Writes a new file with the folders above it; several may be written at once.
   *
   * @param path folders and the name, each as `safeName` gives them
   * @throws DataansError `storage-full`, `storage-unusable`
   */
  write(path: readonly string[], pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** How many files and folders got another name than was asked for, since the file system did not take that. // EXP-8 */
  renamed(): number;
  /** Everything written is on disk and under the target's name. */
  finish(): Promise<void>;
  /** Takes away what was written. After `finish` it does nothing. */
  discard(): Promise<void>;
}
