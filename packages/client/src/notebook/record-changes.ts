import {
  randomBytesToUuid,
  sealEnvelopes,
  uuidToBytes,
  type OperationId,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { LocalLog, LocalRevision, Reading, Writer } from '../store/local-log.ts';
import { encodeChecked } from './encode-checked.ts';
import type { PlannedChange, Recorded, RecordOptions } from './notebook.ts';
import { numberChanges } from './number-changes.ts';
import { splitParents } from './split-parents.ts';

export interface RecordDependencies {
  readonly log: Pick<
    LocalLog,
    'writer' | 'append' | 'latestStamp' | 'waitingFrom' | 'leaveClockAhead' | 'recordedBy'
  >;
  readonly primitives: Primitives;
  readonly readKeyring: () => Promise<UnlockedKeyring>;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Records the planned changes, all of them or none. Where another process wrote in the meantime they
 * are planned anew: somebody got on each time, so this ends. // STO-2
 */
export async function recordChanges(
  dependencies: RecordDependencies,
  plan: () => readonly PlannedChange[],
  options: RecordOptions = {},
): Promise<Recorded> {
  const { call } = options;
  if (call !== undefined) requireCall(call);
  for (;;) {
    const known = call === undefined ? null : dependencies.log.recordedBy(call);
    if (known !== null) return { operations: known }; // STO-50
    dependencies.log.leaveClockAhead(dependencies.clock.now());
    const writer = dependencies.log.writer();
    const changes = plan().flatMap(splitParents);
    if (changes.length === 0) return { operations: [] };
    const { revisions, reading } = await sealChanges(dependencies, changes, writer);
    if (dependencies.log.append(revisions, writer, reading, options))
      return { operations: revisions.map(({ id }) => id) };
  }
}

const callCharactersMax = 100;

function requireCall(call: string): void {
  if (call === '' || call.length > callCharactersMax)
    throw new TypeError(`The name of a call has 1 to ${callCharactersMax} characters.`);
}

async function sealChanges(
  { log, primitives, readKeyring, clock }: RecordDependencies,
  changes: readonly PlannedChange[],
  writer: Writer,
): Promise<{ readonly revisions: readonly LocalRevision[]; readonly reading: Reading }> {
  const { current } = await readKeyring();
  const { operations, reading } = numberChanges(changes, writer, clock.now(), log);
  const unsealed = operations.map((operation) => ({
    id: randomBytesToUuid<OperationId>(primitives.randomBytes(16)),
    operation,
    encoded: encodeChecked(operation),
  }));
  const envelopes = await sealEnvelopes(
    primitives,
    current,
    unsealed.map(({ id, encoded }) => ({ id: uuidToBytes(id), encoded })),
  );
  const revisions = unsealed.map((revision, index) => {
    const envelope = envelopes[index];
    if (envelope === undefined) throw new TypeError('There are fewer envelopes than operations.');
    return { ...revision, envelope };
  });
  return { revisions, reading };
}
