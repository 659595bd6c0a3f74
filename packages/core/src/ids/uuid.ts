import { bytesToHex, hexToBytes } from '../bytes/hex.ts';
import type { Branded } from './brand.ts';

/** RFC 9562 text form: 36 characters, lower case. */
export type Uuid = Branded<string, 'Uuid'>;

/** Names one operation, on the server too: random, so that it says nothing. */
export type OperationId = Branded<Uuid, 'OperationId'>;
/** Names one space, note, file or device. Only ever inside sealed operations. */
export type EntityId = Branded<Uuid, 'EntityId'>;
/** The entity id of a device. */
export type DeviceId = Branded<EntityId, 'DeviceId'>;
/** Names one server log; random, made with the server's database. */
export type LogId = Branded<Uuid, 'LogId'>;

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(value: unknown): value is Uuid {
  return typeof value === 'string' && uuidShape.test(value);
}

/** `null` where the text is not a lower-case UUID of 36 characters. */
export function parseUuid<Id extends Uuid>(text: string): Id | null {
  // The brands differ only for the compiler; the caller names the one it reads.
  return isUuid(text) ? (text as Id) : null;
}

/** Text form of exactly 16 bytes. */
export function bytesToUuid<Id extends Uuid>(bytes: Uint8Array): Id {
  const hex = bytesToHex(bytes);
  // Any 16 bytes have this form.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id;
}

export function uuidToBytes(uuid: Uuid): Uint8Array {
  const bytes = hexToBytes(uuid.replaceAll('-', ''));
  if (bytes === null) throw new TypeError(`Not a UUID: ${uuid}`);
  return bytes;
}

/** RFC 9562 version 4, from 16 bytes of the caller's randomness; the bytes are not kept. */
export function randomBytesToUuid<Id extends Uuid>(random: Uint8Array): Id {
  return stampedUuid(random, 0x40);
}

/** RFC 9562 version 8, from the first 16 bytes of a hash: the same hash gives the same id. */
export function hashToUuid<Id extends Uuid>(hash: Uint8Array): Id {
  return stampedUuid(hash.subarray(0, 16), 0x80);
}

function stampedUuid<Id extends Uuid>(bytes: Uint8Array, version: number): Id {
  const stamped = Uint8Array.from(bytes);
  stamped[6] = ((stamped[6] ?? 0) & 0x0f) | version;
  stamped[8] = ((stamped[8] ?? 0) & 0x3f) | 0x80;
  return bytesToUuid<Id>(stamped);
}
