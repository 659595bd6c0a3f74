import { equalBytes, hexToBytes, type LogMessage } from '@dataans/core';
import type { Cursor, Position } from '../store/local-log.ts';
import { explainContradiction } from '../findings/divergence.ts';
import { findLastAgreeing } from './find-last-agreeing.ts';
import { startCursor } from '../store/start-cursor.ts';
import type { SyncRun } from './sync-run.ts';

/**
 * The last remembered position that the server's log has too; the start of its log where there is none.
 * `null` where the log is the one that was followed, up to the cursor. // HEAL-2
 */
export async function findCommonPosition(
  run: SyncRun,
  cursor: Cursor,
  log: LogMessage,
): Promise<Cursor | null> {
  const start = startCursor(run.primitives.hash, log.log);
  if (log.log !== cursor.log) return start;
  const agrees = ({ seq, chain }: Position): Promise<boolean> => hasChain(run, log, seq, chain);
  if (log.head >= cursor.seq && (await agrees(cursor))) return null;
  const remembered = run.store.log.countPositions(Math.min(log.head, cursor.seq - 1));
  const rank = await findLastAgreeing(remembered, (middle) => agrees(positionAt(run, middle)));
  return rank === -1 ? start : { log: log.log, ...positionAt(run, rank) };
}

function positionAt({ store }: SyncRun, rank: number): Position {
  const position = store.log.positionAt(rank);
  if (position === null) throw new TypeError(`No position has rank ${rank}.`);
  return position;
}

async function hasChain(run: SyncRun, log: LogMessage, seq: number, chain: Uint8Array): Promise<boolean> {
  const named = seq === log.head ? hexToBytes(log.chain) : await run.connection.chainAt(seq, run.signal);
  if (named !== null) return equalBytes(named, chain);
  throw explainContradiction(run.connection.address, {
    kind: 'contradiction',
    what: `it says that its log reaches entry ${log.head}, and has no entry ${seq}`,
  });
}
