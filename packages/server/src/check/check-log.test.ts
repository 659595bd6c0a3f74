import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { LogId } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { LogStore } from '../log/log-store.ts';
import { createMemoryLog } from '../log/memory-log.ts';
import { envelopeFrames } from '../testing/frames.ts';
import { checkLog } from './check-log.ts';

test('[SRV-31] operations that are gone from the end of a log are named', async () => {
  const whole = createMemoryLog({ log: randomUUID() as LogId, hash: sha256 });
  await whole.append(envelopeFrames('operation', 3));
  // As a database can, which keeps the head apart.
  const log: LogStore = { ...whole, head: async () => ({ ...(await whole.head()), seq: 6 }) };
  const { operations, damage } = await checkLog(log, sha256, () => {});
  assert.equal(operations, 6);
  assert.deepEqual(damage.first, ['operation 4: is missing']);
});
