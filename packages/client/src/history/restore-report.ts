import type { EntityId, EntityKind } from '@dataans/core';

/** What becomes of an entity that is restored. */
export type RestoreOutcome =
  /** It was deleted, and lives again. */
  | 'restored'
  /** It lives with what it was then. */
  | 'reverted'
  /** It goes to the trash. */
  | 'deleted'
  | 'unchanged';

/** What a restore changed of one kind of things. */
export type RestoreTally = Readonly<Record<Exclude<RestoreOutcome, 'unchanged'>, number>>;

/** What restoring did, or would do. */
export interface RestoreReport {
  readonly spaces: RestoreTally;
  readonly notes: RestoreTally;
  readonly files: RestoreTally;
  /** What was left as it is because it is too large for one operation now. */
  readonly tooLarge: readonly { readonly kind: EntityKind; readonly id: EntityId }[];
}

export function startTally(): Record<keyof RestoreTally, number> {
  return { restored: 0, reverted: 0, deleted: 0 };
}

/** How many entities change. */
export function countChanges({ spaces, notes, files }: RestoreReport): number {
  return [spaces, notes, files].reduce(
    (count, { restored, reverted, deleted }) => count + restored + reverted + deleted,
    0,
  );
}
