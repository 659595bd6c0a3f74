import type { LogId } from '@dataans/core';
import { exitCodes, OperatorError } from '../operator-error.ts';
import {
  restoreBackup,
  type FinishedRestore,
  type RestoreOptions,
} from '../storage/backup/restore-backup.ts';
import { storesToText } from '../storage/open-stores.ts';
import { explainFailure } from './explain-failure.ts';
import { formatCount, formatJson } from './output.ts';
import type { Reporting } from './reporting.ts';

/**
 * Makes a data folder from a backup and prints what it holds. Throws `OperatorError` where chunks are damaged or gone.
 *
 * @param onRestored hears which log is there now. Default: nobody.
 */
export async function restore(
  options: Omit<RestoreOptions, 'onProgress'>,
  { output, progress, asJson }: Reporting,
  onRestored: (log: LogId) => Promise<void> = async () => {},
): Promise<void> {
  const where = storesToText({ chunkPlace: 'files', database: null, ...options });
  const finished = await explainFailure(
    restoreBackup({ ...options, onProgress: progress.show }),
    `The restore into ${where} failed`,
    'Nothing was restored',
  ).finally(progress.clear);
  // The manifest has one, or it would not have been read.
  await onRestored(finished.manifest.log as LogId);
  output.stdout(asJson ? formatJson(reportOf(where, finished)) : sentencesOf(where, finished));
  const lost = finished.chunks.damage.count + finished.gone;
  if (lost > 0)
    throw new OperatorError(
      `Everything was restored except ${formatCount(lost, 'chunk')} that ${lost === 1 ? 'is' : 'are'} damaged or missing in the backup. Devices that have ${lost === 1 ? 'it' : 'them'} will send ${lost === 1 ? 'it' : 'them'} again.`,
      { exitCode: exitCodes.integrity },
    );
}

function reportOf(where: string, { manifest, chunks, gone }: FinishedRestore) {
  return {
    ok: chunks.damage.count + gone === 0,
    dataFolder: where,
    made: manifest.made,
    log: manifest.log,
    operations: manifest.head,
    chunks: { count: chunks.copied, bytes: chunks.copiedBytes, damaged: chunks.damage.count, gone },
    findings: chunks.damage.first,
  };
}

function sentencesOf(where: string, { manifest, chunks }: FinishedRestore): string {
  const present = chunks.looked - chunks.copied - chunks.damage.count;
  return [
    `Restored ${formatCount(manifest.head, 'operation')} and ${formatCount(chunks.copied, 'chunk')} (${formatCount(chunks.copiedBytes, 'byte')}) to ${where}, as they were at ${manifest.made}.`,
    ...(present > 0
      ? [
          `${formatCount(present, 'chunk')} in the bucket already ${present === 1 ? 'was' : 'were'} as in the backup.`,
        ]
      : []),
    'Start the server. Your devices then send everything newer.',
    'Access tokens are not in a backup. Create new ones with: dataans-server token add NAME',
    ...chunks.damage.first,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
