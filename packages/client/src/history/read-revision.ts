import { DataansError, type Revision } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import type { Restorable } from './restore-in-batches.ts';

/**
 * One revision of an entity. // HIS-1
 *
 * @param number as `readHistory` counts
 * @throws DataansError `not-found` where there is no such revision
 */
export function readRevision<Kind extends Restorable['kind']>(
  entities: Pick<Entities, 'revisions'>,
  kind: Kind,
  id: Restorable['id'],
  number: number,
): Revision<Kind> {
  const revisions = entities.revisions(kind, id);
  const revision = revisions[number - 1];
  if (revision !== undefined) return revision;
  throw new DataansError(
    'not-found',
    `The ${kind} has no revision ${number}. Its last one is ${revisions.length}.`,
  );
}

export function unknownRevision(): DataansError {
  return new DataansError('not-found', "This revision isn't on this device.", {
    advice: 'Sync this device.',
  });
}
