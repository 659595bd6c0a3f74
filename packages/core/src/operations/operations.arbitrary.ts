import fc from 'fast-check';
import { bytesToHex } from '../bytes/hex.ts';
import { hashToChunkName, packChunkNames } from '../ids/chunk-name.ts';
import {
  bytesToUuid,
  type DeviceId,
  type EntityId,
  type LogId,
  type OperationId,
  type Uuid,
} from '../ids/uuid.ts';
import { bytesToBase64url } from '../bytes/base64url.ts';
import { clockCounterMax, fileBytesMax, noteDateMaxMs, pixelsMax, previewBytesMax } from '../limits.ts';
import { countPieces } from '../sealing/file-layout.ts';
import type { AnyOperation, FileValue, Witness } from './operation.ts';

function uuid<Id extends Uuid>(): fc.Arbitrary<Id> {
  return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => bytesToUuid<Id>(bytes));
}

const text = fc.string({
  unit: fc.constantFrom('a', 'ї', '🙂', '"', '\\', '\n', '\r', '\u0000', '\ufeff', ' '),
});
const count = fc.maxSafeNat();
/** Members of a newer program. JSON has no -0. */
const unknownMembers = fc.dictionary(
  fc.constantFrom('tags', 'remind', '__proto__', 'toString'),
  fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value))),
  { noNullPrototype: true, maxKeys: 2 },
);
const sign = fc.option(fc.constantFrom('teal', '#0b5cad', '🍋', ''));

const fileValue: fc.Arbitrary<FileValue> = fc
  .record(
    {
      name: text,
      bytes: fc.oneof(fc.nat(3_500_000), fc.nat(80_000_000)),
      type: fc.constantFrom('image/png', 'text/plain; charset=utf-8'),
      width: fc.integer({ min: 1, max: pixelsMax }),
      height: fc.integer({ min: 1, max: pixelsMax }),
      preview: fc.uint8Array({ maxLength: previewBytesMax }).map(bytesToBase64url),
    },
    { requiredKeys: ['name', 'bytes'], noNullPrototype: true },
  )
  .map(({ name, bytes, ...rest }) => ({
    ...rest,
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

const witness: fc.Arbitrary<Witness> = fc.record(
  {
    log: uuid<LogId>(),
    seq: count,
    chain: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex),
    seen: fc.dictionary(uuid<DeviceId>(), count, { maxKeys: 3, noNullPrototype: true }),
    account: fc.option(count),
    program: text.filter((program) => program.length < 10),
  },
  { noNullPrototype: true },
);

const valueByKind = {
  space: fc.record(
    {
      name: text,
      folder: fc.option(text),
      colour: sign,
      icon: sign,
      pinned: fc.boolean(),
      order: fc.option(fc.constantFrom('', 'a', 'a0V')),
    },
    { requiredKeys: ['name', 'folder'], noNullPrototype: true },
  ),
  note: fc.record(
    {
      space: uuid<EntityId>(),
      name: text,
      text,
      files: fc.array(uuid<EntityId>(), { maxLength: 3 }),
      pinned: fc.boolean(),
      date: fc.option(fc.integer({ min: -noteDateMaxMs, max: noteDateMaxMs })),
    },
    { requiredKeys: ['space', 'name', 'text', 'files', 'pinned'], noNullPrototype: true },
  ),
  file: fileValue,
  device: fc.record({ name: text, witness }, { requiredKeys: ['name'], noNullPrototype: true }),
};

/** Every operation that a program may write, a newer one too. */
export const anyOperation: fc.Arbitrary<AnyOperation> = fc.oneof(
  operationOf('space'),
  operationOf('note'),
  operationOf('file'),
  operationOf('device'),
);

function operationOf(entity: keyof typeof valueByKind): fc.Arbitrary<AnyOperation> {
  const known: fc.Arbitrary<object> = valueByKind[entity];
  const value = fc.tuple(unknownMembers, known).map(([unknown, members]) => ({ ...unknown, ...members }));
  const parts = { ...header, entity: fc.constant(entity), value };
  // Kind and value were taken from the same entry.
  return fc
    .tuple(unknownMembers, fc.boolean(), fc.record(parts, { noNullPrototype: true }))
    .map(([unknown, waits, operation]) => ({
      ...unknown,
      ...operation,
      ...(waits && operation.n > 1 ? { waits: operation.n - 1 } : {}),
    })) as fc.Arbitrary<unknown> as fc.Arbitrary<AnyOperation>;
}
