import type { EntityId } from '@dataans/core';
import type { Entity } from './entities.ts';

/** Which files' content this device still has to fetch. */
export interface HeldFiles {
  /** Living files whose chunks are not all known to be held here, the oldest first. */
  incomplete(): readonly Entity<'file'>[];
  /** Every chunk of the file, as it is now, is held here. */
  markComplete(file: EntityId): void;
}
