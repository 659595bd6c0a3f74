import {
  randomBytesToUuid,
  sealEnvelopes,
  uuidToBytes,
  type OperationId,
  type Primitives,
  type UnlockedKeyring,
} from '@dataans/core';
import type { Clock } from '../platform/clock.ts';
import type { LocalLog, LocalRevision, Writer } from '../store/local-log.ts';
import { encodeChecked } from './encode-checked.ts';
import type { PlannedChange, Recorded } from './notebook.ts';
import { numberChanges } from './number-changes.ts';
import { splitParents } from './split-parents.ts';

export interface RecordDependencies {
  readonly log: Pick<LocalLog, 'writer' | 'append'>;
  readonly primitives: Primitives;
  readonly keyring: UnlockedKeyring;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Records the planned changes, all of them or none. Where another process wrote in the meantime they
 * are planned anew: somebody got on each time, so this ends. // STO-2
 */
export async function recordChanges(
  dependencies: RecordDependencies,
  plan: () => readonly PlannedChange[],
): Promise<Recorded> {
  for (;;) {
    const writer = dependencies.log.writer();
    const changes = plan().flatMap(splitParents);
    if (changes.length === 0) return { operations: [] };
    const revisions = await sealChanges(dependencies, changes, writer);
    if (dependencies.log.append(revisions, writer.n)) return { operations: revisions.map(({ id }) => id) };
  }
}

async function sealChanges(
  { primitives, keyring, clock }: RecordDependencies,
  changes: readonly PlannedChange[],
  writer: Writer,
): Promise<readonly LocalRevision[]> {
  const revisions = numberChanges(changes, writer, clock.now()).map((operation) => ({
    id: randomBytesToUuid<OperationId>(primitives.randomBytes(16)),
    operation,
    encoded: encodeChecked(operation),
  }));
  const envelopes = await sealEnvelopes(
    primitives,
    keyring.current,
    revisions.map(({ id, encoded }) => ({ id: uuidToBytes(id), encoded })),
  );
  return revisions.map((revision, index) => {
    const envelope = envelopes[index];
    if (envelope === undefined) throw new TypeError('There are fewer envelopes than operations.');
    return { ...revision, envelope };
  });
}
