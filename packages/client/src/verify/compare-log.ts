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
    message: `${address} has another log than the one that this device followed: it was set up anew, or is another server.`,
    advice: 'If you know of it, run `dataans sync`: it gets everything that is here.',
  };
}

function rolledBack(address: string, seq: number): Finding {
  return {
    kind: 'log-rolled-back',
    concerns: { seq },
    message: `The log of ${address} is not the one that this device followed up to entry ${seq}: it went back to an older state.`,
    advice: 'Run `dataans sync`: it gets again what it lost. Nothing is lost here.',
  };
}
