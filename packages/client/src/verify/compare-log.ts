import { equalBytes, hexToBytes } from '@dataans/core';
import type { Finding } from '../findings/finding.ts';
import type { VerifyRun } from './verify-run.ts';

/** How the server's log stands to the one that this device followed, by what the server says of it. */
export interface LogComparison {
  /** It names the chain that this device has at its cursor: its entries must be those that were followed. */
  readonly isFollowed: boolean;
  readonly findings: readonly Finding[];
}

export async function compareLog(run: VerifyRun): Promise<LogComparison> {
  const { store, connection, log } = run;
  const cursor = store.log.cursor();
  if (cursor === null) return { isFollowed: false, findings: [] };
  if (cursor.log !== log.log) return { isFollowed: false, findings: [replaced(connection.address)] };
  const named = cursor.seq === log.head ? hexToBytes(log.chain) : await chainAt(run, cursor.seq);
  if (named !== null && equalBytes(named, cursor.chain)) return { isFollowed: true, findings: [] };
  return { isFollowed: false, findings: [rolledBack(connection.address, cursor.seq)] };
}

async function chainAt({ connection, log, signal }: VerifyRun, seq: number): Promise<Uint8Array | null> {
  return seq > log.head ? null : connection.chainAt(seq, signal);
}

function replaced(address: string): Finding {
  return {
    kind: 'log-replaced',
    concerns: {},
    message: `${address} now has a different log. It was set up from scratch, or it is another server.`,
    advice: 'If you expected that, sync to send it everything from this device.',
  };
}

function rolledBack(address: string, seq: number): Finding {
  return {
    kind: 'log-rolled-back',
    concerns: { seq },
    message: `The server at ${address} went back to an older state (its log differs before entry ${seq}).`,
    advice: 'Sync to send it what it is missing. Nothing on this device was lost.',
  };
}
