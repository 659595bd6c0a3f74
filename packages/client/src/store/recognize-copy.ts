import type { StoreWitness } from '../platform/store-witness.ts';
import type { Facts } from './facts.ts';
import type { LocalLog } from './local-log.ts';
import type { Transactions } from './transactions.ts';
import type { WriterRow } from './writer-row.ts';

export interface RecognizedRows {
  readonly writer: WriterRow;
  readonly facts: Facts;
}

/** A store that was in more files than this is on a file system that makes files up: it is not believed. */
const filesMax = 10;

/**
 * A store that is a copy, or older than what is known of it, takes a fresh device id: the numbers that follow
 * its own may have been given out elsewhere. It is the same file from then on. // STO-18
 */
export function recognizeCopy(rows: RecognizedRows, transactions: Transactions, witness: StoreWitness): void {
  if (judge(rows, witness) === 'known') return;
  transactions.write(() => {
    // Another process may have been faster.
    const judged = judge(rows, witness);
    if (judged === 'copy') rows.writer.startFresh(rows.writer.read().last);
    if (judged !== 'known' && witness.file !== null) keepFile(rows.facts, witness.file);
  });
}

/** The log, which notes in the witness which numbers it has given out. */
export function noteNumbers(log: LocalLog, witness: StoreWitness): LocalLog {
  return {
    ...log,
    append: (revisions, seen, reading, beside) => {
      const isAppended = log.append(revisions, seen, reading, beside);
      const last = revisions.at(-1)?.operation;
      if (isAppended && last !== undefined) witness.note({ device: last.device, n: last.n });
      return isAppended;
    },
  };
}

function judge(
  { facts, writer }: RecognizedRows,
  { file, lastNumber }: StoreWitness,
): 'known' | 'new' | 'copy' {
  const known = facts.read('file');
  const { device, n } = writer.read();
  const isOlder = lastNumber !== null && lastNumber.device === device && lastNumber.n > n;
  if (isOlder) return 'copy';
  if (file === null || file === known || countFiles(facts) > filesMax) return 'known';
  return known === null ? 'new' : 'copy';
}

function keepFile(facts: Facts, file: string): void {
  facts.write('file', file);
  facts.write('file-count', String(countFiles(facts) + 1));
}

function countFiles(facts: Facts): number {
  return Number(facts.read('file-count') ?? 0);
}
