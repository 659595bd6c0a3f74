import { bytesToHex, utf8ToBytes } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { Identity } from './authenticator.ts';

/** Enough of a SHA-256 to tell the callers of one server apart. */
const hashBytes = 8;

/** Whom a method knows, with the hash that stands for them in log lines. // AUTH-2 */
export function createIdentity(
  method: string,
  name: string,
  expires: number | null,
  handOver: Identity['handOver'] = null,
): Identity {
  const hash = bytesToHex(sha256(utf8ToBytes(`dataans/identity/1|${method}|${name}`)).subarray(0, hashBytes));
  return { method, name, hash, expires, handOver };
}
