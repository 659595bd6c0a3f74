import { limits, randomBytesToUuid, type EntityId } from '@dataans/core';
import { randomBytes } from 'node:crypto';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** Text of a note whose envelope is about `operationBytes` long: what stands around the text takes the rest. */
const operationBytes = 400;
const aroundText = 345;

const changesPerRecord = 500;

export function makeText(): string {
  return randomBytes((operationBytes - aroundText) / 2).toString('hex');
}

/** Records `count` new notes in one space. */
export async function writeNotes(home: TestHome, space: EntityId, count: number): Promise<void> {
  const notebook = await home.notebook();
  for (let written = 0; written < count; written += changesPerRecord) {
    const some = Math.min(changesPerRecord, count - written);
    const ids = Array.from({ length: some }, () => randomBytesToUuid<EntityId>(randomBytes(16)));
    await notebook.record(() =>
      ids.map((id) => ({
        entity: 'note' as const,
        id,
        parents: [],
        deleted: false,
        value: { space, name: '', text: makeText(), files: [], pinned: false },
      })),
    );
  }
}

/** Size of an average envelope among the first in the outbox. */
export function averageEnvelopeBytes(home: TestHome): number {
  const rows = home.store.log.outbox({ operations: limits.batchOperationsMax, bytes: limits.batchBytesMax });
  return Math.round(rows.reduce((sum, row) => sum + row.envelope.length, 0) / Math.max(1, rows.length));
}
