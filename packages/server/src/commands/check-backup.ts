import { exitCodes, OperatorError } from '../operator-error.ts';
import { checkBackup } from '../storage/backup/check-backup.ts';
import { backupOfAccount, readAccountsManifest } from '../storage/backup/accounts-manifest.ts';
import { requireSameDirectory } from '../storage/backup/restore-accounts.ts';
import { explainFailure } from './explain-failure.ts';
import { createEach } from './for-accounts.ts';
import { formatCount, formatJson } from './output.ts';
import type { Reporting } from './reporting.ts';

/** Proves a backup and prints what it found. Throws `OperatorError` where something in it is damaged or gone. */
export async function checkBackupIn(folder: string, how: Reporting): Promise<void> {
  const manifest = await readAccountsManifest(folder);
  if (manifest === null) return checkBackupOfOne(folder, how);
  await requireSameDirectory(folder, manifest);
  const each = createEach(how);
  for (const id of manifest.accounts)
    await each.run({ id, name: 'account' }, (reporting) =>
      checkBackupOfOne(backupOfAccount(folder, id), reporting),
    );
  each.end();
}

async function checkBackupOfOne(folder: string, { output, progress, asJson }: Reporting): Promise<void> {
  const { manifest, backups, chunks, damage } = await explainFailure(
    checkBackup(folder, progress.show),
    `The check of the backup in ${folder} failed`,
    'The backup is as it was',
  ).finally(progress.clear);
  const { made, head } = manifest;
  if (asJson)
    output.stdout(
      formatJson({
        ok: damage.count === 0,
        folder,
        made,
        operations: head,
        backups,
        chunks: { checked: chunks.count, bytes: chunks.bytes },
        findings: damage.first,
      }),
    );
  else
    output.stdout(
      [
        `The newest backup in ${folder} was made at ${made} and has ${formatCount(head, 'operation')}.`,
        `Checked ${formatCount(backups, 'backup')} and ${formatCount(chunks.count, 'chunk')} (${formatCount(chunks.bytes, 'byte')})${damage.count === 0 ? ': nothing is damaged' : ''}.`,
        ...damage.first,
      ]
        .map((line) => `${line}\n`)
        .join(''),
    );
  if (damage.count > 0)
    throw new OperatorError(
      `Found ${formatCount(damage.count, 'damaged item')} in the backup. Replace damaged chunks from the server with: dataans-server backup --verify ${folder}`,
      { exitCode: exitCodes.integrity },
    );
}
