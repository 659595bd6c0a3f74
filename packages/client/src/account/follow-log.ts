import { bytesToHex, type Hash } from '@dataans/core';
import type { Facts } from '../store/facts.ts';
import { beginFirstSync } from '../store/first-sync.ts';
import type { Cursor, Position } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import { namedHead } from '../connection/named-head.ts';
import { startCursor } from '../store/start-cursor.ts';
import type { SignedIn } from './sign-in.ts';

/**
 * A home that has followed no entry of any log follows the log that it signs in to, from its start: where another
 * one answers later, that is noticed before it is given anything. // HEAL-4
 *
 * @returns where it goes on
 */
export function followLog(
  { log, facts }: Pick<Store, 'log' | 'facts'>,
  hash: Hash,
  { log: signedInTo, head }: Pick<SignedIn, 'log' | 'head'>,
): Cursor {
  facts.write('head-at-sign-in', `${head.seq} ${bytesToHex(head.chain)}`, 'soon');
  const cursor = log.cursor();
  if (cursor !== null && cursor.seq > 0) return cursor;
  const start = startCursor(hash, signedInTo);
  log.rewind(start);
  beginFirstSync(facts);
  return start;
}

/** The end of the log as the last sign-in heard it. Said once: later the log may have been put back. */
export function takeHeadAtSignIn(facts: Facts): Position | null {
  const [seq = '', chain = ''] = (facts.read('head-at-sign-in') ?? '').split(' ');
  if (seq === '') return null;
  facts.write('head-at-sign-in', '', 'soon');
  return namedHead({ head: Number(seq), chain });
}
