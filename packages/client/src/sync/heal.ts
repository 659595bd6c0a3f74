import { bytesToUuid, encodeFrames, limits, uuidToBytes, type LogId, type OperationId } from '@dataans/core';
import type { Cursor, QuarantineReason } from '../store/local-log.ts';
import { forgetAgreed } from '../witness/agreed-witnesses.ts';
import { noteFollowed } from '../witness/followed-since.ts';
import { hastenWitness } from '../witness/last-witness.ts';
import { hastenCheck } from './check-due.ts';
import { findCommonPosition } from './common-position.ts';
import type { DivergenceError } from '../findings/divergence.ts';
import { beginHealing } from '../status/last-healing.ts';
import { namedHead } from '../connection/named-head.ts';
import { pull } from './pull.ts';
import { requireOwnAccount } from './require-own-account.ts';
import { noteSentAgain, requireRoomToSend } from '../status/sent-again.ts';
import type { SyncRun } from './sync-run.ts';

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
  const lost = await countLost(run, common.seq);
  const asked = { address: connection.address, lost, held: () => cursor.seq, nowMs: run.clock.now() };
  requireRoomToSend(store.facts, { ...asked, what: 'operations' });
  await sendQuarantined(run, common.log);
  beginHealing(store.facts, run.clock.now(), lost);
  hastenCheck(store.facts, 'chunks-checked'); // Contents follow in their own lane. // HEAL-6
  noteSentAgain(store.facts, 'operations', lost, run.clock.now());
  store.log.rewind(common);
  run.transfers.startAnew();
  goOnWitnessing(run, common);
  run.findings.replace('verify-log', []);
  await pull(run, common, namedHead(log));
}

/** What this device said of the log, and heard of it, was of what it was. // WIT-1 */
function goOnWitnessing({ store: { facts }, clock }: SyncRun, { log }: Cursor): void {
  noteFollowed(facts, { log, at: clock.now(), healed: true });
  forgetAgreed(facts);
  hastenWitness(facts);
}

/** Read together. */
const asideBounds = { operations: limits.missingNamesMax, bytes: 8 * 1024 * 1024 };

/** What this device cannot use another one may; what it has under that id is the real one, and in the outbox. */
const worthSending: ReadonlySet<QuarantineReason> = new Set<QuarantineReason>([
  'unknown-version',
  'unknown-key',
  'not-understood',
]);

/** Kept aside here, these are in no outbox: the server gets them at once, and they are met when pulling. // HEAL-7 */
async function sendQuarantined(run: SyncRun, log: LogId): Promise<void> {
  const { store } = run;
  const next = (after: number) => store.log.retriable({ ...asideBounds, after });
  for (let batch = next(0); batch.length > 0; batch = next(batch.at(-1)?.entry ?? 0)) {
    const aside = batch
      .map(({ id, reason, envelope }) => ({ id: bytesToUuid<OperationId>(id), reason, envelope }))
      .filter(({ id, reason }) => worthSending.has(reason) && store.log.envelope(id) === null);
    await sendMissing(run, log, new Map(aside.map(({ id, envelope }) => [id, envelope])));
  }
}

async function sendMissing(
  { connection, signal }: SyncRun,
  log: LogId,
  envelopeById: ReadonlyMap<OperationId, Uint8Array>,
): Promise<void> {
  if (envelopeById.size === 0) return;
  for (const id of await connection.missingOperations([...envelopeById.keys()], signal)) {
    const body = envelopeById.get(id);
    if (body === undefined) continue;
    const frame = { kind: 'envelope', id: uuidToBytes(id), body } as const;
    const appended = await connection.append(log, encodeFrames([frame]), signal);
    if ('error' in appended) throw appended.error;
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
