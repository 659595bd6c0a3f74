import assert from 'node:assert/strict';
import {
  bytesToJson,
  decodeOperation,
  utf8ToBytes,
  uuidToBytes,
  type EntityId,
  type EntityKind,
  type OperationId,
} from '@dataans/core';
import { openMemorySqlite } from '../../../packages/client/src/node/sqlite.ts';
import { numberedUuid, testCursor } from '../../../packages/client/src/testing/test-store.ts';
import { createStore } from '../../../packages/client/src/store/create-store.ts';
import type { ReceivedOperation } from '../../../packages/client/src/store/local-log.ts';
import type { Store } from '../../../packages/client/src/store/store.ts';
import type { Chance } from '../../world/chance.ts';
import { jsonText, mutateJson, type Json } from '../mutate/json.ts';
import type { Target } from '../target.ts';

const nowMs = 1_795_344_000_000;
const operationIds = Array.from({ length: 8 }, (_, number) => numberedUuid<OperationId>('0b', number));
const entityIds = Array.from({ length: 3 }, (_, number) => numberedUuid<EntityId>('e0', number));
const texts = ['', 'one\n', 'one\ntwo\n', 'three\r\n', '\0', 'İß\u0301', 'x'.repeat(500)];

/**
 * Operations that somebody with the keys sealed, as no program would: a store takes them or keeps them aside,
 * stops for none, and shows the same whatever the order in which they came. An input is a list of them, the
 * place in it being the number of its id.
 */
export const storeTarget: Target = {
  name: 'store',
  share: 0.03,
  make: (chance) => {
    const isBackward = chance.happens(0.2);
    const count = chance.between(1, operationIds.length);
    const operations = operationIds.slice(0, count).map((_, place) => {
      const operation = makeOperation(isBackward ? operationIds : operationIds.slice(0, place), chance);
      return chance.happens(0.3) ? mutateJson(operation, chance) : operation;
    });
    return utf8ToBytes(chance.happens(0.98) ? JSON.stringify(operations) : jsonText(operations, chance));
  },
  read: (input) => {
    const operations = bytesToJson(input);
    if (!Array.isArray(operations)) return;
    const received = operations.slice(0, operationIds.length).map(receive);
    const shown = [received, received.toReversed()].map(showAll);
    // MRG-1, also for histories that no program writes, as long as time goes one way in them.
    if (isAcyclic(received)) assert.deepEqual(shown[1], shown[0]);
  },
};

/** @param known what its parents are among */
function makeOperation(known: readonly string[], chance: Chance): Json {
  const kind: EntityKind = chance.pick(['space', 'note', 'note', 'file', 'device']);
  return {
    v: 1,
    device: numberedUuid('de', chance.below(2)),
    n: chance.between(1, 3),
    at: chance.pick([0, 1, nowMs, 2 ** 53 - 1]),
    c: chance.below(2),
    entity: kind,
    id: chance.pick(entityIds),
    parents: known.filter(() => chance.happens(0.3)),
    deleted: chance.happens(0.3),
    value: makeValue(kind, chance),
  };
}

function makeValue(kind: EntityKind, chance: Chance): Json {
  const name = chance.pick(texts);
  switch (kind) {
    case 'space':
      return { name, folder: chance.pick([null, '', 'a/b', '../..']) };
    case 'note': {
      const files = Array.from({ length: chance.below(3) }, () => chance.pick(entityIds));
      return { space: chance.pick(entityIds), name, text: chance.pick(texts), files, pinned: false };
    }
    case 'file':
      return { name, bytes: 0, chunks: '' };
    case 'device':
      return { name };
  }
}

type Unplaced = Omit<ReceivedOperation, 'seq'>;

function receive(operation: unknown, place: number): Unplaced {
  const encoded = utf8ToBytes(JSON.stringify(operation) ?? 'null');
  const decoded = decodeOperation(encoded);
  return {
    id: uuidToBytes(operationIds[place] ?? numberedUuid<OperationId>('0b', place)),
    envelope: encoded,
    opened: decoded.ok ? { ok: true, encoded, operation: decoded.operation } : decoded,
  };
}

/** Nobody can name what is not there yet, whatever order the ids are in here. */
function isAcyclic(received: readonly Unplaced[]): boolean {
  return received.every(({ opened }, place) =>
    opened.ok
      ? opened.operation.parents.every((parent) => !operationIds.slice(place).includes(parent))
      : true,
  );
}

/** In pages of one and of all. */
function showAll(received: readonly Unplaced[], order: number): unknown {
  const store = createStore({
    database: openMemorySqlite(),
    randomBytes: (length) => new Uint8Array(length),
  });
  try {
    const entries = received.map((each, index) => ({ ...each, seq: index + 1 }));
    if (order === 0) store.log.applyPage(entries, testCursor(entries.length), nowMs);
    else for (const entry of entries) store.log.applyPage([entry], testCursor(entry.seq), nowMs);
    return show(store);
  } finally {
    store.close();
  }
}

function show({ entities, log }: Store): unknown {
  for (const words of ['one', '\0', 'i"*']) entities.search(words);
  log.holes();
  return {
    spaces: entities.spaces(),
    notes: [...entities.notes()].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    files: [...entities.files()].toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    devices: entities.devices(),
    aside: log
      .quarantine()
      .map(({ id, reason }) => `${id} ${reason}`)
      .toSorted(),
  };
}
