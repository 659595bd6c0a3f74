import type { Hash } from '@dataans/core';
import { checkChunks } from '../check/check-chunks.ts';
import { checkLog } from '../check/check-log.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { ChunkReader } from '../chunks/chunk-store.ts';
import type { LogStore } from '../log/log-store.ts';
import { formatCount, formatJson, formatTable } from './output.ts';
import type { Reporting } from './reporting.ts';

/** Checks all that is stored and prints what it found. Throws `OperatorError` where something is damaged. */
export async function checkStores(
  stores: { readonly log: LogStore; readonly chunks: ChunkReader; readonly hash: Hash },
  { output, progress, asJson }: Reporting,
): Promise<void> {
  const log = await checkLog(stores.log, stores.hash, (done, total) =>
    progress.show(`Operations: ${done} of ${total}`),
  );
  const chunks = await checkChunks(stores.chunks, (count) => progress.show(`Chunks: ${count}`));
  progress.clear();
  const damaged = log.damage.count + chunks.damage.count;
  const findings = [...log.damage.first, ...chunks.damage.first];
  if (asJson)
    output.stdout(
      formatJson({
        ok: damaged === 0,
        operations: { checked: log.operations, damaged: log.damage.count },
        chunks: { checked: chunks.count, bytes: chunks.bytes, damaged: chunks.damage.count },
        findings,
      }),
    );
  else
    output.stdout(
      formatTable({
        header: ['STORED', 'CHECKED', 'BYTES', 'DAMAGED'],
        rows: [
          ['operations', String(log.operations), '', String(log.damage.count)],
          ['chunks', String(chunks.count), String(chunks.bytes), String(chunks.damage.count)],
        ],
      }) +
        (damaged === 0 ? 'Checked everything: nothing is damaged.\n' : '') +
        findings.map((finding) => `${finding}\n`).join(''),
    );
  if (damaged > 0)
    throw new OperatorError(
      `Found ${formatCount(damaged, 'damaged item')}. Restore the data folder from a backup. Your devices then send whatever is missing.`,
      { exitCode: exitCodes.integrity },
    );
}
