import { bytesToJson, chainFrames, startChain, type Hash } from '@dataans/core';
import { copyLog, LogDamageError } from '../log/copy-log.ts';
import type { LogHead } from '../log/log-store.ts';
import type { LogImporter } from '../log/log-importer.ts';
import type { LogSource } from '../log/log-source.ts';
import type { LogReport } from './check-log.ts';
import { createFindings } from './findings.ts';

/** Reads a log that tells no chain between its pages, computes the chain over it, and compares it where it can. // SRV-151 */
export async function checkSource(
  log: LogSource,
  hash: Hash,
  onChecked: (done: number, total: number) => void,
): Promise<LogReport> {
  const damage = createFindings();
  const follower = createFollower({ log: log.id, seq: 0, chain: startChain(hash, log.id) }, hash, damage.add);
  const { seq: operations } = await log.head();
  try {
    await copyLog(log, follower, onChecked);
  } catch (error) {
    if (!(error instanceof LogDamageError)) throw error;
    damage.add(`log: ${error.message}`);
  }
  return { operations, damage: damage.read() };
}

/** Takes what a copy would take, and keeps only where it ends. */
function createFollower(start: LogHead, hash: Hash, report: (finding: string) => void): LogImporter {
  let head = start;
  return {
    head: () => head,
    append: async (frames) => {
      const chain = chainFrames(hash, head.chain, frames).at(-1) ?? head.chain;
      head = { ...head, seq: head.seq + frames.length, chain };
    },
    putRecord: async (record) => {
      if (bytesToJson(record) === undefined) report('account record: is not one');
    },
  };
}
