import type { ChunkName, EntityId } from '@dataans/core';
import type { Entity } from './entities.ts';

/** The content of a file, as one revision of it says. */
export interface NamedContent {
  /** Of the revision. */
  readonly place: number;
  readonly file: EntityId;
  readonly name: string;
  readonly bytes: number;
  readonly chunks: readonly ChunkName[];
}

/** How this device stands to the content of a file that it does not hold whole. */
export interface Absence {
  /** Somebody has asked for it, or wants it left on the server; `null`: as the policy says. */
  readonly wish: boolean | null;
  /** Neither this device nor the server has all of it as it was attached, as far as was found. */
  readonly isDamaged: boolean;
}

/** Which files' content this device still has to fetch. */
export interface HeldFiles {
  /** Living files whose chunks are not all known to be held here, the oldest first. */
  incomplete(): readonly Entity<'file'>[];
  /** How many there are. */
  incompleteCount(): number;
  /** `null` for a file that is whole here. */
  absence(file: EntityId): Absence | null;
  /** Those of the incomplete files about which somebody has said what they wish. */
  wishes(): ReadonlyMap<EntityId, boolean>;
  /** The file is not whole here from now on, if it was. */
  markAbsent(files: readonly EntityId[], absence: Partial<Absence>): void;
  /** Those that somebody wants left on the server, unless they are damaged: chunks that only they name are free. // FIL-12 */
  released(): ReadonlySet<EntityId>;
  /**
   * Contents that revisions of files name, of deleted ones too, in the order in which they came here.
   *
   * @param after the place of the last one; 0 for the first
   * @returns as many as have `chunks` chunks, or a few more; none behind the last one
   */
  namedContents(after: number, chunks: number): readonly NamedContent[];
  /** The same of revisions that the server has acknowledged. */
  acknowledgedContents(after: number, chunks: number): readonly NamedContent[];
  /** Every chunk of the files, as they are now, is held here. */
  markComplete(files: readonly EntityId[]): void;
}
