import { DataansError, type AnyOperation, type OperationId } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import { findLineDifferences, type LineDifference } from './line-differences.ts';
import { unknownRevision } from './read-revision.ts';

/**
 * What differs between two revisions of one entity: in the text of a note, in the name of anything else. // HIS-16
 *
 * @param from `null` for nothing, before the first one
 * @throws DataansError `not-found` if one of them is not here, `invalid` if they are of two entities
 */
export function readDifference(
  entities: Pick<Entities, 'revision'>,
  from: OperationId | null,
  to: OperationId,
): readonly LineDifference[] {
  const after = readOperation(entities, to);
  if (from === null) return findLineDifferences('', textOf(after));
  const before = readOperation(entities, from);
  if (before.id !== after.id || before.entity !== after.entity)
    throw new DataansError('invalid', 'These are revisions of two different things.', {
      advice: 'Compare two revisions from one history.',
    });
  return findLineDifferences(textOf(before), textOf(after));
}

function readOperation(entities: Pick<Entities, 'revision'>, id: OperationId): AnyOperation {
  const revision = entities.revision(id);
  if (revision === null) throw unknownRevision();
  return revision.operation;
}

function textOf(operation: AnyOperation): string {
  return operation.entity === 'note' ? operation.value.text : operation.value.name;
}
