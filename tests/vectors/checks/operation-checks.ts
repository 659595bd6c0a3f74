import {
  bytesToUtf8,
  createRevisionGraph,
  decodeOperation,
  encodeOperation,
  mergeRevisions,
  mergeTexts,
  nextStamp,
  observeStamps,
  stampOnParents,
  utf8ToBytes,
  type OperationId,
  type Revision,
} from '@dataans/core';
import type { PlainRevision, Vectors } from '../shapes.ts';
import { checkEach, checkFile, expectSame, type VectorCheck } from './check.ts';

export function operationChecks(vectors: Vectors): readonly VectorCheck[] {
  return [
    ...checkFile(
      'operation',
      vectors.operation,
      ({ encoded, read }) => {
        const decoded = decodeOperation(utf8ToBytes(encoded));
        if (!decoded.ok) throw new Error(decoded.code);
        expectSame(decoded.operation, JSON.parse(read));
        const again = encodeOperation(decoded.operation);
        expectSame(again.ok && bytesToUtf8(again.encoded), read);
      },
      ({ encoded }) => {
        const decoded = decodeOperation(utf8ToBytes(encoded));
        return decoded.ok ? 'accepted' : decoded.code;
      },
    ),
    ...checkEach(
      'clock',
      vectors.clock.valid,
      ({ last, seen, nowMs, observed, next, latestParent, stamp }) => {
        expectSame(observeStamps(last, seen, nowMs), observed);
        expectSame(nextStamp(observed, nowMs), next);
        expectSame(stampOnParents(next, latestParent), stamp);
      },
    ),
    ...checkEach('merge', vectors.merge.valid, ({ revisions, state }) => {
      const notes = revisions.map(readRevision);
      for (const order of [notes, notes.toReversed()]) {
        const merged = mergeRevisions(createRevisionGraph(order));
        if (merged === null) throw new Error('no state');
        expectSame({ ...merged, heads: merged.heads.map(({ id }) => id) }, state);
      }
    }),
    ...checkEach('merged text', vectors.merge.texts, ({ base, earlier, later, text, conflict }) =>
      expectSame(mergeTexts(base, earlier, later), { text, conflict }),
    ),
  ];
}

function readRevision({ id, operation }: PlainRevision): Revision<'note'> {
  const decoded = decodeOperation(utf8ToBytes(JSON.stringify(operation)));
  if (!decoded.ok || decoded.operation.entity !== 'note') throw new Error('not the operation of a note');
  // The vectors are ours; ids of another form would not be found as parents.
  return { id: id as OperationId, operation: decoded.operation };
}
