import type { EntityId } from '@dataans/core';

/** A tag, and how many living notes have it. */
export interface TagCount {
  /** As it is written, without `#`; one that is written in several ways in one of these. */
  readonly tag: string;
  readonly notes: number;
}

/** A note that others may link to. */
export interface Linked {
  readonly id: EntityId;
  /** Its file name; `''` without one. */
  readonly name: string;
}

/** What the texts of living notes say, as far as the search index has read them. // STO-59 */
export interface StoreMentions {
  /** The most frequent first; of all spaces without one. */
  tags(space?: EntityId): readonly TagCount[];
  /** How many notes name each of these by its id; those that none names are left out. */
  countNaming(ids: readonly EntityId[]): ReadonlyMap<EntityId, number>;
  /** Which of these names a relative link ends in. */
  linkedNames(names: readonly string[]): ReadonlySet<string>;
  /** Notes that name this one by its id, the newest first. */
  naming(id: EntityId, limit: number): readonly EntityId[];
  /** Notes with a relative link that ends in this name, the newest first: it may lead elsewhere. */
  linkingToName(name: string, limit: number): readonly EntityId[];
}
