import type { PathRules } from '../folder-format/path-rules.ts';

/** A file that is written once, in order. Nothing of it counts before `close`. */
export interface ArchivePlace {
  /** Of the system that the archive will most likely be unpacked on. */
  readonly rules: PathRules;
  /** @throws DataansError `storage-full`, `storage-unusable` */
  write(bytes: Uint8Array): Promise<void>;
  /** All of it is there. */
  close(): Promise<void>;
  /** Nothing of it stays. */
  abort(): Promise<void>;
  /** What was written, for whoever cannot reach the place; `null` if a person has chosen it. */
  read(): Promise<Blob | null>;
}
