import type { StoreWitness } from '../platform/store-witness.ts';
import type { Facts } from './facts.ts';
import type { LocalLog } from './local-log.ts';
import type { Transactions } from './transactions.ts';
import type { WriterRow } from './writer-row.ts';

export interface RecognizedRows {
  readonly writer: WriterRow;
  readonly facts: Facts;
}

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
    if (judged !== 'known' && witness.file !== null) rows.facts.write('file', witness.file);
  });
}

/** The log, which notes in the witness which numbers it has given out. */
export function noteNumbers(log: LocalLog, witness: StoreWitness): LocalLog {
  return {
    ...log,
    append: (revisions, expectedN) => {
      const isAppended = log.append(revisions, expectedN);
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
  const isElsewhere = file !== null && known !== null && file !== known;
  if (isOlder || isElsewhere) return 'copy';
  return file === null || file === known ? 'known' : 'new';
}
