import type { OperationId } from '../ids/uuid.ts';
import { compareStamps } from '../operations/clock.ts';
import type { AnyOperation, EntityKind, Operation } from '../operations/operation.ts';

/** An operation with the id that others name it by as parent. */
export interface Revision<Kind extends EntityKind = EntityKind> {
  readonly id: OperationId;
  readonly operation: Operation<Kind>;
}

/** A revision of any one kind. */
export interface AnyRevision {
  readonly id: OperationId;
  readonly operation: AnyOperation;
}

/** The total order in which revisions merge: `(at, c, device, n)`, and the id where all are equal. // MRG-2 */
export function compareRevisions(left: Revision, right: Revision): number {
  return (
    compareStamps(left.operation, right.operation) ||
    compareTexts(left.operation.device, right.operation.device) ||
    left.operation.n - right.operation.n ||
    compareTexts(left.id, right.id)
  );
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
