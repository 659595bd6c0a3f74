import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidToBytes, type EntityId, type Frame } from '@dataans/core';
import { createNodePrimitives } from '../node/primitives.ts';
import { change, noteValue, openTestStore, otherDevice, randomUuid, receive } from '../node/test-store.ts';
import { requireHeld } from './require-held.ts';

test('[SYN-21] a pruned entry is stepped over where its operation is here, and refused where it is not', (t) => {
  const store = openTestStore(t);
  const primitives = createNodePrimitives();
  const device = otherDevice();
  const [held, unknown] = [1, 2].map((ms) =>
    device.make(change('note', randomUuid<EntityId>(), noteValue()), ms),
  );
  assert.ok(held !== undefined && unknown !== undefined);
  receive(store, [held]);
  const pruned = ({ id, envelope }: typeof held, of = envelope): Frame => ({
    kind: 'pruned',
    id: uuidToBytes(id),
    body: primitives.hash(of),
  });
  const whole: Frame = { kind: 'envelope', id: uuidToBytes(unknown.id), body: unknown.envelope };
  requireHeld({ store, primitives }, [pruned(held), whole], 4);
  for (const frame of [pruned(unknown), pruned(held, unknown.envelope)])
    assert.throws(() => requireHeld({ store, primitives }, [whole, frame], 4), {
      code: 'integrity',
      message: /only the hash of entry 6/,
    });
});
