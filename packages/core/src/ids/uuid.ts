import { charCodeToNibble, nibbleToCharCode } from '../bytes/hex.ts';
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

/** Where the two digits of each byte stand in the text. */
const placeByByte: readonly number[] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const textLength = 36;
const charCodes = Array.from({ length: textLength }, () => '-'.charCodeAt(0));

/** Text form of exactly 16 bytes. */
export function bytesToUuid<Id extends Uuid>(bytes: Uint8Array): Id {
  for (let index = 0; index < placeByByte.length; index += 1) {
    const place = placeByByte[index] ?? 0;
    const byte = bytes[index] ?? 0;
    charCodes[place] = nibbleToCharCode(byte >> 4);
    charCodes[place + 1] = nibbleToCharCode(byte & 15);
  }
  // Any 16 bytes have this form.
  return String.fromCharCode(...charCodes) as Id;
}

export function uuidToBytes(uuid: Uuid): Uint8Array {
  const bytes = new Uint8Array(placeByByte.length);
  for (let index = 0; index < placeByByte.length; index += 1) {
    const place = placeByByte[index] ?? 0;
    const high = charCodeToNibble(uuid.charCodeAt(place));
    const low = charCodeToNibble(uuid.charCodeAt(place + 1));
    if (high < 0 || low < 0) throw new TypeError(`Not a UUID: ${uuid}`);
    bytes[index] = (high << 4) | low;
  }
  return bytes;
}

/** RFC 9562 version 4, from 16 bytes of the caller's randomness; the bytes are not kept. // OPR-5 */
export function randomBytesToUuid<Id extends Uuid>(random: Uint8Array): Id {
  return stampedUuid(random, 0x40);
}

/** RFC 9562 version 8, from the first 16 bytes of a hash: the same hash gives the same id. // OPR-5 */
export function hashToUuid<Id extends Uuid>(hash: Uint8Array): Id {
  return stampedUuid(hash.subarray(0, 16), 0x80);
}

function stampedUuid<Id extends Uuid>(bytes: Uint8Array, version: number): Id {
  const stamped = Uint8Array.from(bytes);
  stamped[6] = ((stamped[6] ?? 0) & 0x0f) | version;
  stamped[8] = ((stamped[8] ?? 0) & 0x3f) | 0x80;
  return bytesToUuid<Id>(stamped);
}
