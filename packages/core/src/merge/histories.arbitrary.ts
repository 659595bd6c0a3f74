import fc from 'fast-check';
import type { DeviceId, EntityId, OperationId } from '../ids/uuid.ts';
import type { NoteValue, Operation } from '../operations/operation.ts';
import { mergeRevisions } from './merge-revisions.ts';
import type { Revision } from './revision.ts';
import { createRevisionGraph, findHeads } from './revision-graph.ts';

export type NoteRevision = Revision<'note'>;

/** A UUID that says its number. */
export function numberedId<Id extends string>(kind: string, number: number): Id {
  // The digits make it one.
  return `${kind}-0000-4000-8000-${String(number).padStart(12, '0')}` as Id;
}

const emptyNote: NoteValue = {
  space: numberedId<EntityId>('5face000', 0),
  name: '',
  text: '',
  files: [],
  pinned: false,
};

/** A revision of one note; what is not given is that of the first revision of the first device. */
export function noteRevision(
  number: number,
  given: Partial<Omit<Operation<'note'>, 'value'>> & { readonly value?: Partial<NoteValue> },
): NoteRevision {
  const operation: Operation<'note'> = {
    v: 1,
    device: numberedId<DeviceId>('de71ce00', 0),
    n: number + 1,
    at: number,
    c: 0,
    entity: 'note',
    id: numberedId<EntityId>('0e7e0000', 0),
    parents: [],
    deleted: false,
    ...given,
    value: { ...emptyNote, ...given.value },
  };
  return { id: revisionId(number), operation };
}

export function revisionId(number: number): OperationId {
  return numberedId<OperationId>('0b000000', number);
}

interface Step {
  readonly device: number;
  readonly seesAllOf: number | null;
  readonly line: number;
  readonly word: string;
  readonly deleted: boolean;
  readonly at: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  device: fc.nat(3),
  seesAllOf: fc.option(fc.nat(3)),
  line: fc.nat(5),
  word: fc.constantFrom('x', 'y', 'z', ''),
  deleted: fc.boolean(),
  at: fc.nat(4),
});

/** What up to four devices with wrong clocks made of one note, each on what it had seen by then. */
export const noteHistory: fc.Arbitrary<readonly NoteRevision[]> = fc
  .array(step, { minLength: 1, maxLength: 14 })
  .map(playSteps);

function playSteps(steps: readonly Step[]): readonly NoteRevision[] {
  const seenByDevice = [0, 1, 2, 3].map(() => new Map<OperationId, NoteRevision>());
  return steps.map((each, number) => {
    const seen = seenByDevice[each.device] ?? new Map<OperationId, NoteRevision>();
    if (each.seesAllOf !== null)
      for (const [id, other] of seenByDevice[each.seesAllOf] ?? []) seen.set(id, other);
    const graph = createRevisionGraph(seen.values());
    const lines = (mergeRevisions(graph)?.value.text ?? '').split('\n');
    const revision = noteRevision(number, {
      device: numberedId<DeviceId>('de71ce00', each.device),
      at: each.at,
      parents: findHeads(graph).map(({ id }) => id),
      deleted: each.deleted,
      value: { text: lines.toSpliced(each.line, 1, each.word).join('\n'), pinned: each.word === 'x' },
    });
    seen.set(revision.id, revision);
    return revision;
  });
}
