import { makeBackup, type BackupOptions, type FinishedBackup } from '../storage/backup/make-backup.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { explainFailure } from './explain-failure.ts';
import { formatJson } from './output.ts';
import type { Reporting } from './reporting.ts';

/** Copies the data folder and prints what was copied. Throws `OperatorError` where something of it is damaged. */
export async function backUp(
  options: Omit<BackupOptions, 'onProgress'>,
  { output, progress, asJson }: Reporting,
): Promise<void> {
  const { folder } = options;
  const finished = await explainFailure(
    makeBackup({ ...options, onProgress: progress.show }),
    `The backup into ${folder} failed`,
    'what was backed up there before is as it was',
  ).finally(progress.clear);
  output.stdout(asJson ? formatJson(reportOf(folder, finished)) : sentencesOf(folder, finished));
  // A disk that was not mounted looks like this as well. // SRV-45
  if (finished.isFirst)
    output.stderr(
      `There was no backup in ${folder} before, so everything was copied. If there should have been one, see that its disk is mounted.\n`,
    );
  const { count } = finished.chunks.damage;
  if (count > 0)
    throw new OperatorError(
      `The backup is finished, but ${count} chunks of the server are damaged and not in it, unless an earlier backup left them there: see dataans-server check.`,
      { exitCode: exitCodes.integrity },
    );
}

function reportOf(folder: string, { manifest, chunks }: FinishedBackup) {
  const { made, log, head } = manifest;
  return {
    ok: chunks.damage.count === 0,
    folder,
    made,
    log,
    operations: head,
    chunks: {
      ...manifest.chunks,
      copied: chunks.copied,
      copiedBytes: chunks.copiedBytes,
      damaged: chunks.damage.count,
    },
    findings: chunks.damage.first,
  };
}

function sentencesOf(folder: string, { manifest, chunks }: FinishedBackup): string {
  return [
    `${folder} holds ${manifest.head} operations and ${manifest.chunks.count} chunks (${manifest.chunks.bytes} bytes); ${chunks.copied} chunks (${chunks.copiedBytes} bytes) are new.`,
    ...chunks.damage.first,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
