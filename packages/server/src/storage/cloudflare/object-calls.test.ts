import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogId } from '@dataans/core';
import { sha256 } from '../../hash.ts';
import { createMemoryLog } from '../../log/memory-log.ts';
import { StorageFullError } from '../../stores/storage-full.ts';
import { StorageUnavailableError } from '../../stores/storage-unavailable.ts';
import { answerCall, createObjectLog, type AccountStub } from './object-calls.ts';
import type { ObjectStores } from './object-stores.ts';

const id = '5b0d9a4e-3c1f-4e7a-9d52-8f6b1c2a7e40' as LogId; // A UUID as any other.

/** The log of an object, whose answers or failure come as they would over the network. */
function openLog(head: () => Promise<never>, failure: Error | null = null) {
  const log = { ...createMemoryLog({ log: id, hash: sha256 }), head };
  const stores = { log } as unknown as ObjectStores; // Nobody asks for the index.
  const ask: AccountStub['ask'] = async (store, call, values) => {
    if (failure !== null) throw failure;
    return answerCall(stores, store, call, values);
  };
  return createObjectLog({ ask } as AccountStub, id); // Nor for anything else.
}

function rejecting(thrown: Error) {
  return async () => {
    throw thrown;
  };
}

const asIs = rejecting(new Error('unused'));

test('[SRV-131] what a store in an object throws is the same at the Worker', async () => {
  const [full, away] = [new StorageFullError('full'), new StorageUnavailableError('away')];
  await assert.rejects(openLog(rejecting(full)).head(), StorageFullError);
  await assert.rejects(openLog(rejecting(away)).head(), StorageUnavailableError);
});

test('[SRV-131] an object that cannot be reached is unavailable, and a fault in it is no such thing', async () => {
  for (const said of [{}, { remote: true, overloaded: true }, { remote: true, durableObjectReset: true }])
    await assert.rejects(
      openLog(asIs, Object.assign(new Error('lost'), said)).head(),
      StorageUnavailableError,
    );
  const fault = Object.assign(new TypeError('a fault'), { remote: true });
  await assert.rejects(openLog(asIs, fault).head(), { name: 'TypeError' });
});

test('nobody can ask an object for anything but the calls of its stores', async () => {
  const log = createMemoryLog({ log: id, hash: sha256 });
  const stores = { log } as unknown as ObjectStores; // Nobody asks for the index.
  for (const call of ['close', 'constructor', 'id'])
    await assert.rejects(answerCall(stores, 'log', call, []), /Nobody can ask/);
});
