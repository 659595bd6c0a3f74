import type { RemotePlace, Surroundings } from '../remote/ask-remote.ts';
import { openRemote } from '../remote/open-remote.ts';
import {
  backUpSource,
  makeBackup,
  type BackupOptions,
  type BackupTarget,
  type FinishedBackup,
} from '../storage/backup/make-backup.ts';
import { exitCodes, OperatorError } from '../operator-error.ts';
import { explainFailure } from './explain-failure.ts';
import { formatCount, formatJson } from './output.ts';
import type { Reporting } from './reporting.ts';

/** Copies what a server of this machine keeps and prints what was copied. Throws `OperatorError` where something of it is damaged. */
export function backUp(options: Omit<BackupOptions, 'onProgress'>, reporting: Reporting): Promise<void> {
  return reportBackup((onProgress) => makeBackup({ ...options, onProgress }), options.folder, reporting);
}

/** The same of a server over HTTP. // SRV-150 */
export function backUpRemote(
  place: RemotePlace,
  target: Omit<BackupTarget, 'onProgress'>,
  reporting: Reporting,
  surroundings?: Surroundings,
): Promise<void> {
  const make = async (onProgress: BackupTarget['onProgress']) =>
    backUpSource({ ...(await openRemote(place, surroundings)), logFile: null }, { ...target, onProgress });
  return reportBackup(make, target.folder, reporting);
}

async function reportBackup(
  make: (onProgress: BackupTarget['onProgress']) => Promise<FinishedBackup>,
  folder: string,
  { output, progress, asJson }: Reporting,
): Promise<void> {
  const finished = await explainFailure(
    make(progress.show),
    `The backup to ${folder} failed`,
    'The earlier backup there is intact',
  ).finally(progress.clear);
  output.stdout(asJson ? formatJson(reportOf(folder, finished)) : sentencesOf(folder, finished));
  // A disk that was not mounted looks like this as well. // SRV-45
  if (finished.isFirst)
    output.stderr(
      `There was no backup in ${folder} yet, so everything was copied. If you expected one there, check that its disk is mounted.\n`,
    );
  const { count } = finished.chunks.damage;
  if (count > 0)
    throw new OperatorError(
      `Backup finished, except ${formatCount(count, 'damaged chunk')} on the server. An earlier backup may still have good copies. Details: dataans-server check`,
      { exitCode: exitCodes.integrity },
    );
}

function reportOf(folder: string, { manifest, chunks, isFirst }: FinishedBackup) {
  const { made, log, head } = manifest;
  return {
    ok: chunks.damage.count === 0,
    folder,
    isFirst,
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
    `${folder} has ${formatCount(manifest.head, 'operation')} and ${formatCount(manifest.chunks.count, 'chunk')} (${formatCount(manifest.chunks.bytes, 'byte')}).`,
    chunks.copied === 0
      ? 'No new chunks since the last backup.'
      : `Copied ${formatCount(chunks.copied, 'new chunk')} (${formatCount(chunks.copiedBytes, 'byte')}).`,
    ...chunks.damage.first,
  ]
    .map((line) => `${line}\n`)
    .join('');
}
