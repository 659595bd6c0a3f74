import type { ChunkName, EntityId } from '@dataans/core';
import type { Entity } from './entities.ts';

export interface NamedChunks {
  readonly place: number;
  readonly names: readonly ChunkName[];
}

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
  /**
   * Chunks that revisions of files name, of deleted ones too, in the order in which they came here.
   *
   * @param after the place of the last batch; 0 for the first
   * @returns chunks of whole revisions, `chunks` or a few more, and the place of the last; `null` behind the last one
   */
  namedChunks(after: number, chunks: number): NamedChunks | null;
  /**
   * Contents that revisions of files name which the server has acknowledged, in the order in which they came here.
   *
   * @returns as many as have `chunks` chunks, or a few more, behind the place `after`; none behind the last one
   */
  acknowledgedContents(after: number, chunks: number): readonly NamedContent[];
  /** Every chunk of the files, as they are now, is held here. */
  markComplete(files: readonly EntityId[]): void;
}
