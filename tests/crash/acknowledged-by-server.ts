import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  bytesToHex,
  chainFrames,
  decodeFrames,
  limits,
  paths,
  startChain,
  type ChunkName,
  type ChunkNamesMessage,
  type LogMessage,
} from '@dataans/core';
import { sha256Hex, type ServerLedger } from './server-ledger.ts';

/** How far a log has been read, and what was found in it. */
export interface ReadLog {
  seq: number;
  chain: Uint8Array | null;
  readonly hashById: Map<string, string>;
  readonly chainBySeq: Map<number, string>;
}

export function createReadLog(): ReadLog {
  return { seq: 0, chain: null, hashById: new Map(), chainBySeq: new Map() };
}

const hash = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

/**
 * Proves that a server holds all that it has acknowledged, and each batch as a whole or not at all.
 *
 * @param seen what was read at the times before; what is new goes in
 */
export async function assertHoldsAcknowledged(
  address: string,
  ledger: ServerLedger,
  seen: ReadLog,
): Promise<void> {
  await readOn(address, seen);
  for (const [id, envelope] of ledger.acknowledged)
    assert.equal(seen.hashById.get(id), envelope, `operation ${id} was acknowledged`);
  for (const [seq, chain] of ledger.chainBySeq)
    assert.equal(seen.chainBySeq.get(seq), chain, `the chain at ${seq} was acknowledged`);
  for (const batch of ledger.unanswered) {
    const stored = [...batch].filter(([id, envelope]) => seen.hashById.get(id) === envelope).length;
    assert.ok(stored === 0 || stored === batch.size, `${stored} of a batch of ${batch.size} are stored`);
  }
  assert.deepEqual(await missingChunks(address, [...ledger.chunks]), []);
  await assertAccount(address, ledger);
  // What has been proven is not proven again: it is in `seen`, which no later log may contradict.
  ledger.acknowledged.clear();
  ledger.chainBySeq.clear();
  ledger.unanswered.clear();
}

/** The chain over all that was read before and after a crash is one: nothing before it may have changed. */
async function readOn(address: string, seen: ReadLog): Promise<void> {
  // MSG-1 is held elsewhere: what is used of it is compared with our own.
  const log = (await (await fetch(address + paths.log)).json()) as LogMessage;
  seen.chain ??= startChain(hash, log.log);
  while (seen.seq < log.head) {
    const range: string = `after=${seen.seq}&chain=${bytesToHex(seen.chain)}`;
    const answer = await fetch(`${address}${paths.operations}?${range}`);
    assert.equal(answer.status, 200, `the log behind ${seen.seq}`);
    const decoded = decodeFrames(await answer.bytes());
    assert.ok(decoded.ok);
    for (const [index, chain] of chainFrames(hash, seen.chain, decoded.frames).entries()) {
      seen.chainBySeq.set(seen.seq + index + 1, bytesToHex(chain));
      seen.chain = chain;
    }
    for (const { id, body } of decoded.frames) seen.hashById.set(bytesToHex(id), sha256Hex(body));
    seen.seq += decoded.frames.length;
  }
  assert.equal(bytesToHex(seen.chain), log.chain, 'the chain at the head');
}

async function missingChunks(address: string, names: readonly ChunkName[]): Promise<readonly ChunkName[]> {
  const missing: ChunkName[] = [];
  for (let start = 0; start < names.length; start += limits.missingNamesMax) {
    const answer = await fetch(address + paths.chunksMissing, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ names: names.slice(start, start + limits.missingNamesMax) }),
    });
    missing.push(...((await answer.json()) as ChunkNamesMessage).names);
  }
  return missing;
}

async function assertAccount(address: string, { accounts }: ServerLedger): Promise<void> {
  const answer = await fetch(address + paths.account);
  const etag = answer.status === 404 ? null : answer.headers.get('etag');
  const record = await answer.bytes();
  assert.ok(accounts.has(etag), `the account record ${etag} is neither the acknowledged one nor a later one`);
  if (etag !== null) assert.equal(etag, `"${sha256Hex(record)}"`);
  accounts.clear();
  accounts.add(etag);
}
