import type { FileSource } from '../files/files.ts';

/** A folder to import, wherever it lies: on disk, or handed over by a browser. */
export interface FolderSource {
  /** Its own name: what the space for files directly in it is called. */
  readonly name: string;
  /** Where it lies on this device, if that can be said: its real path and what tells one disk from another. */
  readonly place?: string;
  /** Itself and every folder below it, each before those below it, in the same order every time. */
  folders(): AsyncIterable<SourceFolder>;
  /**
   * The content of the regular file at a path (`a/b.md`) below it; `null` where there is none.
   *
   * @throws SourceFault
   */
  openFile(path: string): Promise<SourceContent | null>;
}

export interface SourceFolder {
  /** Path below the imported folder, names joined by `/`; `''` for that folder itself. */
  readonly path: string;
  /** By name. */
  readonly files: readonly SourceFile[];
  /** What in it cannot be imported. */
  readonly skipped: readonly SkippedPath[];
}

export interface SourceFile {
  readonly name: string;
  /** @throws SourceFault */
  open(): Promise<SourceContent>;
}

/** Content of a file, to be read once and then closed. Its pieces throw SourceFault where they cannot be had. */
export interface SourceContent extends FileSource {
  close(): Promise<void>;
}

/** Why something in a folder was not imported. */
export type SkipReason =
  /** It could not be read. */
  | 'unreadable'
  /** It was written to while it was being read. */
  | 'changed'
  /** Its name is not UTF-8: no other device could show or write it. */
  | 'name-not-text'
  | 'too-large'
  /** It is part of a JSON export and not what it must be. */
  | 'damaged'
  | 'link-broken'
  | 'link-leaves-folder'
  | 'link-to-folder'
  /** A socket, a pipe or a device. */
  | 'not-a-file'
  /** The folder where this device keeps its own data. */
  | 'own-home';

/** What was left out of an import, and why. */
export interface SkippedPath {
  /** Below the imported folder; characters that are not text stand as `\xff`. */
  readonly path: string;
  readonly reason: SkipReason;
  /** One sentence. */
  readonly message: string;
}

/** Content of an imported folder that cannot be had. Everything else goes on. // IMP-7 */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly reason: SkipReason;

  constructor(reason: SkipReason, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }
}
