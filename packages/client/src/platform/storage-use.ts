/** What a home takes of the place where it is kept. */
export interface StorageUse {
  /** Of the store: notes, their history, and what finds them. */
  readonly notesBytes: number;
  /** Of contents of files. */
  readonly filesBytes: number;
  /** How much all of this origin may take; `null` if the place has no such limit. */
  readonly quotaBytes: number | null;
  /** Whether it stays until a person removes it; a browser may clear what does not when a disk runs full. */
  readonly persisted: boolean;
}
