import fc from 'fast-check';
import { hashToChunkName, packChunkNames } from '../ids/chunk-name.ts';
import { bytesToUuid, type DeviceId, type EntityId, type OperationId, type Uuid } from '../ids/uuid.ts';
import { clockCounterMax, fileBytesMax } from '../limits.ts';
import { countPieces } from '../sealing/chunk.ts';
import type { AnyOperation, FileValue } from './operation.ts';

function uuid<Id extends Uuid>(): fc.Arbitrary<Id> {
  return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => bytesToUuid<Id>(bytes));
}

const text = fc.string({
  unit: fc.constantFrom('a', 'ї', '🙂', '"', '\\', '\n', '\r', '\u0000', '\ufeff', ' '),
});
const count = fc.maxSafeNat();

const fileValue: fc.Arbitrary<FileValue> = fc
  .record({ name: text, bytes: fc.nat(3_500_000) }, { noNullPrototype: true })
  .map(({ name, bytes }) => ({
    name,
    bytes,
    chunks: packedNames(countPieces(Math.min(bytes, fileBytesMax))),
  }));

function packedNames(length: number): string {
  return packChunkNames(
    Array.from({ length }, (_, index) => hashToChunkName(new Uint8Array(32).fill(index))),
  );
}

const header = {
  v: fc.constant(1 as const),
  device: uuid<DeviceId>(),
  n: count.map((n) => Math.max(1, n)),
  at: count,
  c: fc.nat(clockCounterMax),
  id: uuid<EntityId>(),
  parents: fc.array(uuid<OperationId>(), { maxLength: 3 }),
  deleted: fc.boolean(),
};

const valueByKind = {
  space: fc.record({ name: text, folder: fc.option(text) }, { noNullPrototype: true }),
  note: fc.record(
    {
      space: uuid<EntityId>(),
      name: text,
      text,
      files: fc.array(uuid<EntityId>(), { maxLength: 3 }),
      pinned: fc.boolean(),
    },
    { noNullPrototype: true },
  ),
  file: fileValue,
  device: fc.record({ name: text }, { noNullPrototype: true }),
};

/** Every operation that a program may write. */
export const anyOperation: fc.Arbitrary<AnyOperation> = fc.oneof(
  operationOf('space'),
  operationOf('note'),
  operationOf('file'),
  operationOf('device'),
);

function operationOf(entity: keyof typeof valueByKind): fc.Arbitrary<AnyOperation> {
  const parts = { ...header, entity: fc.constant(entity), value: valueByKind[entity] };
  // Kind and value were taken from the same entry.
  return fc.record(parts, { noNullPrototype: true }) as fc.Arbitrary<unknown> as fc.Arbitrary<AnyOperation>;
}
