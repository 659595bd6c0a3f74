import { bytesToHex, hexToBytes, isUuid, type LogId } from '@dataans/core';
import * as v from 'valibot';
import { listShape } from '../findings/kept-findings.ts';
import { noFindings, type FindingList } from '../findings/finding-list.ts';
import type { Cursor } from '../store/local-log.ts';
import type { Facts } from '../store/facts.ts';
import { readJsonFact } from '../store/json-fact.ts';
import type { ChunkTally, EntryTally } from './verification.ts';

/** How far a verification has come, and what it has seen. */
export interface Verification {
  /** The last entry that was checked, and the chain there as it was computed. */
  readonly position: Cursor;
  readonly entries: EntryTally;
  readonly entryFindings: FindingList;
  /** The entries do not lead to the chain that was followed: once is enough to say so. */
  readonly chainDiffers: boolean;
  readonly chunks: ChunkTally;
  /** Place of the last file revision whose chunks were checked. */
  readonly chunksPlace: number;
  readonly chunkFindings: FindingList;
  readonly deep: boolean;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const shape = v.object({
  log: v.custom<LogId>(isUuid),
  seq: count,
  chain: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  entries: v.object({
    checked: count,
    opened: count,
    same: count,
    unreceived: count,
    notUnderstood: count,
  }),
  entryFindings: listShape,
  chainDiffers: v.boolean(),
  chunks: v.object({ files: count, chunks: count, fetchedBytes: count }),
  chunksPlace: count,
  chunkFindings: listShape,
  deep: v.boolean(),
});

/** Where an interrupted verification had come to; `null` where there was none. // VFY-10 */
export function readVerification(facts: Facts): Verification | null {
  const kept = readJsonFact(facts, 'verification', shape);
  if (kept === null) return null;
  const { log, seq, chain, ...rest } = kept;
  return { position: { log, seq, chain: hexToBytes(chain) ?? new Uint8Array() }, ...rest };
}

/** `null` when it has come to its end. */
export function keepVerification(facts: Facts, verification: Verification | null): void {
  if (verification === null) {
    if ((facts.read('verification') ?? '') !== '') facts.write('verification', '');
    return;
  }
  const { position, ...rest } = verification;
  const { log, seq, chain } = position;
  facts.write('verification', JSON.stringify({ log, seq, chain: bytesToHex(chain), ...rest }));
}

export function beginVerification(position: Cursor, deep: boolean): Verification {
  return {
    position,
    entries: { checked: 0, opened: 0, same: 0, unreceived: 0, notUnderstood: 0 },
    entryFindings: noFindings,
    chainDiffers: false,
    chunks: { files: 0, chunks: 0, fetchedBytes: 0 },
    chunksPlace: 0,
    chunkFindings: noFindings,
    deep,
  };
}
