import { good, problem, warning, type Finding } from './finding.ts';

const dayMs = 86_400_000;
const soonMs = 14 * dayMs;
const oldMs = 2 * dayMs;

/** The last good backup that a server made of itself; `null` if it makes none. */
export function judgeBackup(
  backup: { readonly folder: string; readonly made: number | null } | null,
  now: number,
): Finding {
  if (backup === null)
    return warning(
      'backup',
      'The server makes no backups of itself. Set DATAANS_BACKUP_TO to a folder on another disk, unless something else backs it up.',
    );
  const { folder, made } = backup;
  if (made === null)
    return warning(
      'backup',
      `There's no backup in ${folder} yet. The first is made a minute after the server starts. If it is older than that, look for “backup failed” in its log.`,
    );
  const age = `The last good backup was made at ${new Date(made).toISOString()}`;
  return now - made > oldMs
    ? problem(
        'backup',
        `${age}. Look for “backup failed” in the server's log, which says why there is none since.`,
      )
    : good('backup', `${age}.`);
}

/** @param validTo when the certificate ends */
export function judgeCertificate(validTo: number, now: number): Finding {
  const end = new Date(validTo).toISOString().slice(0, 10);
  if (validTo <= now)
    return problem(
      'certificate',
      `The certificate ended on ${end}. Renew it; the server reads it again within a minute.`,
    );
  return validTo - now < soonMs
    ? warning('certificate', `The certificate ends on ${end}. Check that whatever renews it works.`)
    : good('certificate', `The certificate is good until ${end}.`);
}
