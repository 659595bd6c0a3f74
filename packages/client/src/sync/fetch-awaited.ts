import { equalBytes } from '@dataans/core';
import type { AwaitedEntry, QuarantineReason, RetriedOperation } from '../store/local-log.ts';
import { openFrames } from './open-frames.ts';
import { describeReader } from './retry-quarantine.ts';
import type { SyncRun } from './sync-run.ts';

/** What the server holds back is asked for at each sync: so many entries of it, that it costs the device little. */
const withheldPerSync = 10;
const rowsAtOnce = 1_000;

/**
 * Asks again for entries of the log whose bytes are not here: what the server held back, and, where this program
 * reads more than the one that asked last, or has other keys, what there was no room for. // SYN-23
 */
export async function fetchAwaited(run: SyncRun): Promise<void> {
  const { store, keyring } = run;
  if (store.log.isQuarantineEmpty()) return;
  const reader = describeReader(keyring);
  if (store.facts.read('awaited-reader') === reader) {
    await fetchSome(run);
    return;
  }
  await fetchAll(run);
  store.facts.write('awaited-reader', reader);
}

async function fetchSome(run: SyncRun): Promise<void> {
  const { store, randomness } = run;
  const withheld: readonly QuarantineReason[] = ['withheld'];
  const count = store.log.countAsideEntries(withheld, 0);
  // Other ones each time, where there are many: the first may never come.
  const skip = Math.floor(randomness() * Math.max(1, count - withheldPerSync + 1));
  if (count > 0) await fetchRows(run, store.log.awaited(withheld, { after: 0, skip, rows: withheldPerSync }));
}

async function fetchAll(run: SyncRun): Promise<void> {
  const reasons: readonly QuarantineReason[] = ['withheld', 'unknown-key', 'unknown-version'];
  const next = (after: number) => run.store.log.awaited(reasons, { after, skip: 0, rows: rowsAtOnce });
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)?.seq ?? 0)) await fetchRows(run, rows);
}

async function fetchRows(run: SyncRun, rows: readonly AwaitedEntry[]): Promise<void> {
  const rowBySeq = new Map(rows.map((row) => [row.seq, row] as const));
  let asked = 0;
  for (const { seq } of rows) {
    if (seq <= asked) continue;
    asked = await fetchFrom(run, seq, rowBySeq);
  }
}

/** @returns the last entry that need not be asked for again */
async function fetchFrom(
  run: SyncRun,
  first: number,
  rowBySeq: ReadonlyMap<number, AwaitedEntry>,
): Promise<number> {
  const { store, connection, primitives, keyring, clock, signal, tally } = run;
  const cursor = store.log.cursor();
  if (cursor === null) return first;
  let last = first;
  while (rowBySeq.has(last + 1)) last += 1;
  const after = first - 1;
  const range = { log: cursor.log, after, chain: null, limit: last - after };
  const frames = (await connection.readPage(range, signal))?.frames.slice(0, range.limit) ?? [];
  const came = (await openFrames(primitives, keyring, frames, after)).flatMap(
    ({ seq, id, envelope, opened }): readonly RetriedOperation[] => {
      const row = rowBySeq.get(seq);
      const isIt = row !== undefined && envelope !== null && equalBytes(row.id, id);
      return isIt && equalBytes(primitives.hash(envelope), row.hash) ? [{ ...row, envelope, opened }] : [];
    },
  );
  const { received, merged } = store.log.applyRetried(came, clock.now());
  tally.released += received;
  tally.merged += merged;
  return frames.length === 0 ? last : after + frames.length;
}
