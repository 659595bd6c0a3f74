import { bytesToJson, decodeFrames, equalBytes, extendChain, limits } from '@dataans/core';
import type { Frame, Hash } from '@dataans/core';
import type { LogStore } from '../log/log-store.ts';
import { errorText } from '../system-error.ts';
import { createFindings, type Findings } from './findings.ts';

export interface LogReport {
  /** Operations that the log says it has. */
  readonly operations: number;
  readonly damage: Findings;
}

/** Computes every link of the chain again from the link before it, and reads the account record. // SRV-31 */
export async function checkLog(
  log: LogStore,
  hash: Hash,
  onChecked: (done: number, total: number) => void,
): Promise<LogReport> {
  const damage = createFindings();
  let operations = 0;
  try {
    const account = await log.account();
    if (account !== null && bytesToJson(account) === undefined) damage.add('account record: is not one');
    operations = (await log.head()).seq;
    for (let seq = 0; seq < operations; onChecked(seq, operations))
      seq = await checkPage(log, hash, seq, damage.add);
  } catch (error) {
    damage.add(`log: cannot be read (${errorText(error)})`);
  }
  return { operations, damage: damage.read() };
}

/** Checks what follows a sequence number; returns the last one that needs no further look. */
async function checkPage(
  log: LogStore,
  hash: Hash,
  after: number,
  report: (finding: string) => void,
  operationsMax: number = limits.batchOperationsMax,
): Promise<number> {
  let chain = await log.chainAt(after);
  const chains = await log.chainsAt(after, operationsMax);
  const page = await log.readPage({ after, chain: null, operationsMax, bytesMax: limits.batchBytesMax });
  // Behind a missing operation the chain is not known: the next one can only be stepped over.
  if (chain === null || !page.ok) return after + 1;
  const decoded = decodeFrames(page.frames);
  if (!decoded.ok) {
    // A shorter page ends before the damaged operation, and one of a single operation tells which it is.
    if (operationsMax > 1) return checkPage(log, hash, after, report, Math.floor(operationsMax / 2));
    report(`operation ${after + 1}: is not one`);
    return after + 1;
  }
  if (decoded.frames.length === 0) {
    report(`operation ${after + 1}: is missing`);
    return after + 1;
  }
  let seq = after;
  for (const [place, frame] of decoded.frames.entries()) {
    seq += 1;
    const stored = chains[place];
    if (stored === undefined) {
      report(`operation ${seq}: is missing`);
      return seq;
    }
    if (!equalBytes(stored, linkOf(hash, chain, frame))) report(`operation ${seq}: does not match the chain`);
    chain = stored;
  }
  return seq;
}

function linkOf(hash: Hash, chain: Uint8Array, frame: Frame): Uint8Array {
  return extendChain(hash, chain, frame.id, frame.kind === 'pruned' ? frame.body : hash(frame.body));
}
