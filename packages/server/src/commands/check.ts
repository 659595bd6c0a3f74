import type { Hash } from '@dataans/core';
import { checkChunks, type ChunksReport } from '../check/check-chunks.ts';
import { checkIndex } from '../check/check-index.ts';
import { checkLog, type LogReport } from '../check/check-log.ts';
import { checkSource } from '../check/check-source.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import type { ChunkIndex } from '../chunks/chunk-index.ts';
import type { ChunkSource } from '../chunks/chunk-store.ts';
import type { LogStore } from '../log/log-store.ts';
import type { RemotePlace, Surroundings } from '../remote/ask-remote.ts';
import { openRemote } from '../remote/open-remote.ts';
import { sha256 } from '../hash.ts';
import { explainFailure } from './explain-failure.ts';
import { formatCount, formatJson, formatTable, type Output } from './output.ts';
import type { Reporting } from './reporting.ts';

/** Checks all that is stored and prints what it found. Throws `OperatorError` where something is damaged. */
export async function checkStores(
  stores: {
    readonly log: LogStore;
    readonly chunks: ChunkSource;
    /** Of chunks in a bucket. Default: none. */
    readonly index?: ChunkIndex | null;
    /** Whether chunks in a bucket are hashed as well. Default: no. */
    readonly isDeep?: boolean;
    readonly hash: Hash;
  },
  { output, progress, asJson }: Reporting,
): Promise<void> {
  const log = await checkLog(stores.log, stores.hash, (done, total) =>
    progress.show(`Operations: ${done} of ${total}`),
  );
  const { index = null, isDeep = false } = stores;
  const onChecked = (count: number) => progress.show(`Chunks: ${count}`);
  const compared = index === null ? null : await checkIndex(index, stores.chunks, onChecked);
  const hashed = index === null || isDeep ? await checkChunks(stores.chunks, onChecked) : null;
  progress.clear();
  printReport({ log, chunks: joinReports(compared, hashed), areHashed: hashed !== null }, output, asJson);
}

/** Reads all that a server over HTTP has, and checks it. // SRV-151 */
export async function checkRemote(
  place: RemotePlace,
  { output, progress, asJson }: Reporting,
  surroundings?: Surroundings,
): Promise<void> {
  const check = async () => {
    const { log, chunks } = await openRemote(place, surroundings);
    return {
      log: await checkSource(log, sha256, (done, total) => progress.show(`Operations: ${done} of ${total}`)),
      chunks: await checkChunks(chunks, (count) => progress.show(`Chunks: ${count}`)),
      areHashed: true,
    };
  };
  const report = await explainFailure(
    check(),
    `The check of ${place.address} failed`,
    'Nothing was changed',
  ).finally(progress.clear);
  printReport(report, output, asJson);
}

interface CheckReport {
  readonly log: LogReport;
  readonly chunks: ChunksReport;
  /** Whether their bytes were read, and not only their sizes. */
  readonly areHashed: boolean;
}

function printReport({ log, chunks, areHashed }: CheckReport, output: Output, asJson: boolean): void {
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
        (damaged > 0
          ? ''
          : areHashed
            ? 'Checked everything: nothing is damaged.\n'
            : 'Nothing is damaged. The chunks in the bucket were compared by name and size. To read them all: dataans-server check --deep\n') +
        findings.map((finding) => `${finding}\n`).join(''),
    );
  if (damaged > 0)
    throw new OperatorError(
      `Found ${formatCount(damaged, 'damaged item')}. Restore the data folder from a backup. Your devices then send whatever is missing.`,
      { exitCode: exitCodes.integrity },
    );
}

/** What two looks at the same chunks found; at least one was taken. */
function joinReports(compared: ChunksReport | null, hashed: ChunksReport | null): ChunksReport {
  const last = hashed ?? compared;
  if (last === null) throw new TypeError('No chunks were checked.');
  if (compared === null || hashed === null) return last;
  const damage = {
    count: compared.damage.count + hashed.damage.count,
    first: [...compared.damage.first, ...hashed.damage.first],
  };
  return { ...last, damage };
}
