import { encodeFrames, limits, uuidToBytes, type LogId } from '@dataans/core';
import type { QuarantineReason } from '../store/local-log.ts';
import { findCommonPosition } from './common-position.ts';
import type { DivergenceError } from './divergence.ts';
import { beginHealing } from './last-healing.ts';
import { namedHead } from './named-head.ts';
import { pull } from './pull.ts';
import { requireOwnAccount } from './require-own-account.ts';
import type { SyncRun } from './sync-run.ts';
import { sendAllHeldChunks } from './upload-chunks.ts';

/**
 * Follows the log that the server has now, from the last common position on. What the server has lost is
 * in the outbox afterwards. Until the rewind nothing here has changed: interrupted, it begins anew at the next
 * sync; from then on it is an ordinary pull and push. // HEAL-3
 *
 * @throws the suspicion, where the server's log is the followed one after all: it contradicted itself // HEAL-1
 */
export async function heal(run: SyncRun, suspicion: DivergenceError): Promise<void> {
  const { store, connection, signal } = run;
  const cursor = store.log.cursor();
  if (cursor === null) throw suspicion;
  const log = await connection.readLog(signal);
  const common = await findCommonPosition(run, cursor, log);
  if (common === null) throw suspicion;
  await requireOwnAccount(run, common);
  await sendAllHeldChunks(run, common);
  await sendQuarantined(run, common.log);
  beginHealing(store.facts, run.clock.now(), await countLost(run, common.seq));
  store.log.rewind(common);
  run.findings.replace('verify-log', []);
  await pull(run, common, namedHead(log));
}

/** What this device cannot use another one may; what it has under that id is the real one, and in the outbox. */
const worthSending: ReadonlySet<QuarantineReason> = new Set<QuarantineReason>([
  'unknown-version',
  'unknown-key',
  'not-understood',
]);

/** Kept aside here, these are in no outbox: the server gets them at once, and they are met when pulling. // HEAL-7 */
async function sendQuarantined(run: SyncRun, log: LogId): Promise<void> {
  const { store, connection, signal } = run;
  const ids = store.log
    .quarantine()
    .filter(({ reason, id }) => worthSending.has(reason) && store.log.envelope(id) === null)
    .map(({ id }) => id);
  for (let start = 0; start < ids.length; start += limits.missingNamesMax) {
    const asked = ids.slice(start, start + limits.missingNamesMax);
    const missing = new Set(await connection.missingOperations(asked, signal));
    for (const id of asked) {
      const body = missing.has(id) ? store.log.quarantinedEnvelope(id) : null;
      if (body === null) continue;
      const frame = { kind: 'envelope', id: uuidToBytes(id), body } as const;
      const appended = await connection.append(log, encodeFrames([frame]), signal);
      if (!appended.ok && appended.code !== 'log-diverged') throw appended.error;
    }
  }
}

/** How many of the operations that the server had behind the common position it has no more. */
async function countLost(run: SyncRun, common: number): Promise<number> {
  let lost = 0;
  let after = common;
  for (;;) {
    const entries = run.store.log.listEntries(after, limits.missingNamesMax);
    const last = entries.at(-1);
    if (last === undefined) return lost;
    const ids = entries.map(({ id }) => id);
    lost += (await run.connection.missingOperations(ids, run.signal)).length;
    after = last.seq;
  }
}
