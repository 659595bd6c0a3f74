import type { EntityId, OperationId } from '@dataans/core';
import { unknownRevision } from './read-revision.ts';
import type { Restorable, RestoreDependencies, RestoreOptions } from './restore-in-batches.ts';
import { restoreMoment } from './restore-moment.ts';
import { restoreNotes, restoreRevision } from './restore-one.ts';
import type { RestoreReport } from './restore-report.ts';
import { restoreSpace } from './restore-space.ts';

/** What is to be as it was. Times are milliseconds since 1970 UTC. */
export type RestoreRequest =
  /** As one of its revisions says. // HIS-6 */
  | ({ readonly what: 'revision'; readonly revision: OperationId } & Restorable)
  /** As they were at a time, or, without one, as they were when they were deleted. // HIS-6, HIS-7 */
  | { readonly what: 'notes'; readonly ids: readonly EntityId[]; readonly at?: number }
  /** As it was at a time, or, without one, with the notes that were deleted with it. // HIS-7, HIS-8, HIS-10 */
  | {
      readonly what: 'space';
      readonly id: EntityId;
      readonly at?: number;
      readonly onlyDeleted?: boolean;
    }
  | { readonly what: 'everything'; readonly at: number; readonly onlyDeleted?: boolean };

/** @throws DataansError `not-found` if there is no such revision, `invalid` if it is a deletion */
export async function restore(
  dependencies: RestoreDependencies,
  request: RestoreRequest,
  options: RestoreOptions,
): Promise<RestoreReport> {
  if (request.what === 'revision') {
    const { kind, id, revision } = request;
    const revisions = dependencies.entities.revisions(kind, id);
    const number = revisions.findIndex((each) => each.id === revision) + 1;
    if (number === 0) throw unknownRevision();
    return restoreRevision(dependencies, { kind, id }, number, options);
  }
  if (request.what === 'everything') {
    const { what: _everything, ...moment } = request;
    return restoreMoment(dependencies, moment, options);
  }
  const { at } = request;
  if (request.what === 'notes')
    return at === undefined
      ? restoreNotes(dependencies, request.ids, options)
      : restoreMoment(dependencies, { at, notes: request.ids }, options);
  const { id: space, onlyDeleted = false } = request;
  return at === undefined
    ? restoreSpace(dependencies, space, options)
    : restoreMoment(dependencies, { at, space, onlyDeleted }, options);
}
