import type { EntityId, FileValue } from '@dataans/core';

/** A file whose content is sealed and held here, and that no operation names yet. */
export interface NewFile {
  readonly id: EntityId;
  readonly value: FileValue;
}
