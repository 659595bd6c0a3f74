import { bytesToHex, equalBytes, extendChain, type Frame, type Hash } from '@dataans/core';
import type { Appended, LogHead } from './log-store.ts';

/** One operation that a log is about to get. */
export interface LogEntry extends Frame {
  readonly seq: number;
  /** The chain at `seq`. */
  readonly chain: Uint8Array;
}

export interface AppendPlan {
  /** What is to be stored, in order; nothing if the batch is refused. */
  readonly entries: readonly LogEntry[];
  /** The answer once that is stored. */
  readonly appended: Appended;
}

/** SHA-256 of envelopes in the log by their ids in hexadecimal. Of a pruned one this is what is left. */
export type StoredHashes = ReadonlyMap<string, Uint8Array>;

/** A log that has none of the ids: nearly every batch is new, and a unique index finds the others. */
export const nothingStored: StoredHashes = new Map();

/**
 * What becomes of a batch behind this head. // SRV-10, SRV-11
 *
 * @param stored of the batch's ids, those that the log has
 */
export function planAppend(
  hash: Hash,
  head: LogHead,
  envelopes: readonly Frame[],
  stored: StoredHashes,
): AppendPlan {
  const staged = new Map<string, Uint8Array>();
  const entries: LogEntry[] = [];
  const already: number[] = [];
  let { seq, chain } = head;
  for (const [place, envelope] of envelopes.entries()) {
    const { id, body } = envelope;
    const idHex = bytesToHex(id);
    const envelopeHash = hash(body);
    const known = stored.get(idHex) ?? staged.get(idHex);
    if (known === undefined) {
      staged.set(idHex, envelopeHash);
      seq += 1;
      chain = extendChain(hash, chain, id, envelopeHash);
      entries.push({ ...envelope, seq, chain });
    } else if (equalBytes(known, envelopeHash)) already.push(place);
    else return { entries: [], appended: { ok: false, code: 'conflict', place } };
  }
  return { entries, appended: { ok: true, before: head.seq, head: { ...head, seq, chain }, already } };
}
