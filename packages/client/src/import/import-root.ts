import type { EntityId } from '@dataans/core';

/**
 * Which imported folder this is: folders of one name are told apart by what they hold. It is part of the id of
 * all that the import makes, so that no folder takes the place of another one's notes. // IMP-5
 */
export interface ImportRoot {
  /** Its own name, in NFC. */
  readonly name: string;
  /** 1, or the next number where another folder of that name was imported before. */
  readonly copy: number;
  /** Spaces of an import under another name that hold the same, by folder: they are gone on with. */
  readonly spaces: ReadonlyMap<string, EntityId>;
}
