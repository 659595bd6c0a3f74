import { bytesToHex, utf8ToBytes, type AccountRecord, type Hash } from '@dataans/core';

/** A record as it goes to a server. */
export function encodeRecord(record: AccountRecord): Uint8Array {
  return utf8ToBytes(JSON.stringify(record));
}

/** What a server that keeps these bytes calls its record. // SRV-7, SRV-70 */
export function tagOf(hash: Hash, encoded: Uint8Array): string {
  return bytesToHex(hash(encoded));
}
