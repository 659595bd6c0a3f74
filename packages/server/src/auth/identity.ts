import { bytesToHex, utf8ToBytes } from '@dataans/core';
import { sha256 } from '../hash.ts';
import type { Identity } from './authenticator.ts';

/** Enough of a SHA-256 to tell the callers of one server apart. */
const hashBytes = 8;

/**
 * Whom a method knows, with the hash that stands for them in log lines. // AUTH-2
 *
 * @param known Default: nothing is handed over, and the name is all that there is of them.
 */
export function createIdentity(
  method: string,
  name: string,
  expires: number | null,
  known: Partial<Pick<Identity, 'handOver' | 'subject' | 'account'>> = {},
): Identity {
  const { handOver = null, account = null } = known;
  const subject = known.subject ?? { kind: 'person', issuer: '', id: name };
  // Two accounts may each have a token of one name.
  const whole = account === null ? name : `${account}|${name}`;
  const hash = bytesToHex(
    sha256(utf8ToBytes(`dataans/identity/1|${method}|${whole}`)).subarray(0, hashBytes),
  );
  return { method, name, hash, expires, handOver, subject, account };
}
