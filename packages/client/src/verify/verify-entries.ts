import { chainFrames, equalBytes, bytesToUuid, type OperationId } from '@dataans/core';
import { awaitsKeys } from '../store/account-facts.ts';
import type { Finding } from '../findings/finding.ts';
import { toldReasons } from '../findings/entry-findings.ts';
import { extendList } from '../findings/finding-list.ts';
import { findingOf } from '../findings/integrity-error.ts';
import type { Position } from '../store/local-log.ts';
import { explainContradiction } from '../findings/divergence.ts';
import { namedHead } from '../connection/named-head.ts';
import { openFrames } from '../sync/open-frames.ts';
import { readPages } from '../sync/read-pages.ts';
import type { Page } from '../connection/server-connection.ts';
import { judgeEntry } from './judge-entry.ts';
import type { Verification } from './kept-verification.ts';
import type { VerifyRun } from './verify-run.ts';

/**
 * Fetches the entries behind the position, computes the chain over them, opens each and compares it with
 * what is here. What makes it impossible to go on is a finding as well. // VFY-7
 *
 * @param isFollowed the server names the chain that this device has at its cursor
 */
export async function verifyEntries(
  run: VerifyRun,
  from: Verification,
  isFollowed: boolean,
): Promise<Verification> {
  let verification = from;
  try {
    for await (const page of readPages(run, from.position)) {
      run.signal.throwIfAborted();
      verification = await verifyPage(run, verification, page, isFollowed);
      run.keep(verification);
      run.onProgress({ phase: 'entries', done: verification.position.seq, total: page.head });
    }
    requireWhole(run, verification.position.seq);
    return verification;
  } catch (error) {
    const finding = findingOf(error);
    if (finding === null) throw error;
    return { ...verification, entryFindings: extendList(verification.entryFindings, [finding]) };
  }
}

async function verifyPage(
  run: VerifyRun,
  verification: Verification,
  page: Page,
  isFollowed: boolean,
): Promise<Verification> {
  const { primitives, keyring, store } = run;
  const { position } = verification;
  const { frames } = page;
  const last = position.seq + frames.length;
  const chains = chainFrames(primitives.hash, position.chain, frames);
  const received = await openFrames(primitives, keyring, frames, position.seq);
  const cursor = store.log.cursor();
  const followedUpTo = isFollowed && cursor?.log === position.log ? cursor.seq : 0;
  const followed = new Map(
    followedUpTo === 0
      ? []
      : store.log.listEntries(position.seq, frames.length).map(({ seq, id }) => [seq, id] as const),
  );
  const isWaiting = awaitsKeys(store.facts);
  const aside = new Set(
    store.log
      .asideEntries(toldReasons(store.facts), position.seq, frames.length)
      .map(({ seq, id }) => entryKey(seq, id)),
  );
  const entries = { ...verification.entries };
  const findings: Finding[] = [];
  for (const [index, { seq, opened }] of received.entries()) {
    const frame = frames[index];
    if (frame === undefined) throw new TypeError('Opening gave more results than there were entries.');
    const id = bytesToUuid<OperationId>(frame.id);
    const entry = {
      seq,
      frame,
      opened,
      awaitsKeys: isWaiting,
      local: store.log.envelope(id),
      followed: followed.get(seq) ?? null,
      isFollowed: seq <= followedUpTo,
    };
    const judged = judgeEntry(entry, primitives.hash);
    entries.checked += 1;
    if (opened.ok) entries.opened += 1;
    if (judged.counted !== null) entries[judged.counted] += 1;
    if (!aside.has(entryKey(seq, id))) findings.push(...judged.findings); // The others the status tells of. // VFY-3
  }
  const differing = verification.chainDiffers ? null : findDiffering(run, chains, position.seq, followedUpTo);
  if (differing !== null) findings.push(chainDiffers(run, differing));
  return {
    ...verification,
    position: { log: position.log, seq: last, chain: chains.at(-1) ?? position.chain },
    entries,
    entryFindings: extendList(verification.entryFindings, findings),
    chainDiffers: verification.chainDiffers || differing !== null,
  };
}

/** The log does not end before its head, when it was asked for all of it. */
function requireWhole({ connection, log }: VerifyRun, last: number): void {
  if (last >= log.head) return;
  throw explainContradiction(connection.address, {
    kind: 'contradiction',
    what: `it says that its log reaches entry ${log.head}, and gives none behind entry ${last}`,
  });
}

function entryKey(seq: number, id: OperationId): string {
  return `${seq} ${id}`;
}

/** The first position that this device remembers, or that the server named, to which the entries do not lead. */
function findDiffering(
  { store, log }: VerifyRun,
  chains: readonly Uint8Array[],
  after: number,
  followedUpTo: number,
): number | null {
  const upTo = after + chains.length;
  const known: readonly Position[] = [
    ...store.log.listPositions(after, Math.min(upTo, followedUpTo)),
    namedHead(log),
  ];
  const differing = known.find(({ seq, chain }) => {
    const computed = chains[seq - after - 1];
    return computed !== undefined && !equalBytes(computed, chain);
  });
  return differing?.seq ?? null;
}

function chainDiffers({ connection }: VerifyRun, seq: number): Finding {
  return {
    kind: 'chain-differs',
    concerns: { seq },
    message: `Somewhere before entry ${seq}, the log on ${connection.address} was altered: an entry was changed, removed or added.`,
    advice:
      'Nothing on this device was lost. Check the log on the server for details. To repair it, restore a backup or start with an empty data folder, then sync here.',
  };
}
