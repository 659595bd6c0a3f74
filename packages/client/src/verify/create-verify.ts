import { equalBytes, startChain } from '@dataans/core';
import type { Finding } from '../findings/finding.ts';
import type { FindingList } from '../findings/finding-list.ts';
import { findingOf } from '../findings/integrity-error.ts';
import { createKeptFindings } from '../findings/kept-findings.ts';
import { listAllFindings } from '../status/list-findings.ts';
import { findAccountFault } from '../sync/find-account-fault.ts';
import type { SyncDependencies } from '../sync/sync-run.ts';
import { compareLog } from './compare-log.ts';
import {
  beginVerification,
  keepVerification,
  readVerification,
  type Verification,
} from './kept-verification.ts';
import type { Verify, VerifyOptions, VerifyReport } from './verification.ts';
import { verifyChunks } from './verify-chunks.ts';
import { verifyEntries } from './verify-entries.ts';
import type { VerifyRun } from './verify-run.ts';

/** Keeping how far it has come costs a wait for the disk. */
const keepEveryMs = 2_000;
const never = new AbortController().signal;

export function createVerify(dependencies: SyncDependencies): Verify {
  return async (options = {}) => {
    const { run, keepLatest } = await beginRun(dependencies, options);
    try {
      return await verify(run, options);
    } catch (error) {
      keepLatest();
      const finding = findingOf(error);
      if (finding !== null) run.findings.add('exchange', [finding]);
      throw error;
    }
  };
}

async function verify(run: VerifyRun, options: VerifyOptions): Promise<VerifyReport> {
  const begun = await findBeginning(run, options);
  const compared = await compareLog(run);
  const accountFault = await findAccountFault(run, run.log.log);
  run.findings.replace('account', accountFault === null ? [] : [accountFault]);
  const entries = await verifyEntries(run, begun, compared.isFollowed);
  const found = joinEntryFindings(compared.findings, entries);
  run.findings.replace('verify-log', found.findings, found.count);
  const done = await verifyChunks(run, entries);
  settleChunks(run, done);
  keepVerification(run.store.facts, null);
  return report(run, begun.position.seq, done);
}

/** @returns the run, and what keeps how far it has come where it does not come to its end */
async function beginRun(dependencies: SyncDependencies, options: VerifyOptions) {
  const { store, connection, clock } = dependencies;
  const { signal = never, onProgress = () => undefined } = options;
  const findings = createKeptFindings(store.facts);
  let keptAt = clock.now();
  let latest: Verification | null = null;
  const keepLatest = (): void => {
    if (latest === null) return;
    keepVerification(store.facts, latest);
    findings.add('verify-log', latest.entryFindings.findings);
    findings.add('verify-chunks', latest.chunkFindings.findings);
  };
  const keep = (verification: Verification): void => {
    latest = verification;
    if (Math.abs(clock.now() - keptAt) < keepEveryMs) return;
    keptAt = clock.now();
    keepLatest();
  };
  const run: VerifyRun = {
    ...dependencies,
    keyring: await dependencies.readKeyring(),
    signal,
    onProgress,
    findings,
    log: await connection.readLog(signal),
    keep,
  };
  return { run, keepLatest };
}

/** Where an interrupted run had come to, if the log still leads there; else the start. // VFY-10 */
async function findBeginning(run: VerifyRun, { deep = false, fromStart = false }: VerifyOptions) {
  const { store, connection, log, primitives, signal } = run;
  const kept = fromStart ? null : readVerification(store.facts);
  if (kept !== null && kept.deep === deep && kept.position.log === log.log && kept.position.seq <= log.head) {
    const chain = await connection.chainAt(kept.position.seq, signal);
    if (chain !== null && equalBytes(chain, kept.position.chain)) return kept;
  }
  return beginVerification({ log: log.log, seq: 0, chain: startChain(primitives.hash, log.log) }, deep);
}

function joinEntryFindings(compared: readonly Finding[], { entryFindings }: Verification): FindingList {
  return {
    findings: [...compared, ...entryFindings.findings],
    count: compared.length + entryFindings.count,
  };
}

/** What only fetching can show is settled only by fetching. */
function settleChunks({ findings }: VerifyRun, { chunkFindings, deep }: Verification): void {
  const unsettled = deep
    ? []
    : findings.of('verify-chunks').findings.filter(({ kind }) => kind !== 'chunk-missing');
  findings.replace(
    'verify-chunks',
    [...unsettled, ...chunkFindings.findings],
    unsettled.length + chunkFindings.count,
  );
}

function report(run: VerifyRun, resumedAt: number, done: Verification): VerifyReport {
  const { store, connection, log } = run;
  return {
    address: connection.address,
    log: log.log,
    head: Math.max(log.head, done.position.seq),
    resumedAt,
    entries: done.entries,
    chunks: done.chunks,
    deep: done.deep,
    pending: store.log.outboxCount(),
    pendingChanges: store.log.outboxChanges(),
    found: listAllFindings(store),
  };
}
