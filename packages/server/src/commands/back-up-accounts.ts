import { resolve } from 'node:path';
import * as v from 'valibot';
import { backUpAccounts } from '../storage/backup/back-up-accounts.ts';
import { version } from '../version.ts';
import { backUp } from './backup.ts';
import { withDirectory } from './change-accounts.ts';
import { explainFailure } from './explain-failure.ts';
import { createEach, forAccounts, settingsOf, type About, type AccountReport } from './for-accounts.ts';

export interface BackupWish {
  /** Where the backup goes. */
  readonly folder: string;
  readonly verify: boolean;
}

/** Backs up what a server of this machine keeps: one account, or a folder for each of many. // SRV-34, SRV-116 */
export async function backUpKept(about: About, wish: BackupWish): Promise<void> {
  const { settings, account, how } = about;
  const folder = resolve(wish.folder);
  const target = { verify: wish.verify, keep: settings.backupKeep, now: Date.now(), program: version };
  if (settings.manyAccounts === null || account !== null)
    return forAccounts(about, (place, reporting) => backUp({ ...place, ...target, folder }, reporting));
  await withDirectory(settings, async (directory) => {
    const each = createEach(how);
    const names = new Map((await directory.list()).map((one) => [one.id, one]));
    const isFirst = await explainFailure(
      backUpAccounts({
        ...target,
        dataFolder: settings.database === null ? settings.dataFolder : null,
        directory,
        folder,
        backUpOne: async (id, to) => {
          const one = names.get(id) ?? (await directory.find(id));
          if (one === null) return;
          const place = settingsOf(settings, one);
          await each.run(one, (reporting) => backUp({ ...place, ...target, folder: to }, reporting));
        },
      }),
      `The backup to ${folder} failed`,
      'The earlier backup there is intact',
    ).finally(how.progress.clear);
    // A disk that was not mounted looks like this as well. // SRV-45
    if (isFirst)
      how.output.stderr(
        `There was no backup of accounts in ${folder} yet, so everything was copied. If you expected one there, check that its disk is mounted.\n`,
      );
    each.end((accounts) => wholeReport(folder, isFirst, accounts));
  });
}

const reportShape = v.object({
  ok: v.boolean(),
  operations: v.number(),
  chunks: v.object({ count: v.number(), bytes: v.number(), copied: v.number(), copiedBytes: v.number() }),
});

/** The same figures as of one account, and each. */
function wholeReport(folder: string, isFirst: boolean, accounts: readonly AccountReport[]): AccountReport {
  const made = accounts.flatMap((report) => {
    const parsed = v.safeParse(reportShape, report);
    return parsed.success ? [parsed.output] : [];
  });
  const sum = (of: (report: (typeof made)[number]) => number) =>
    made.reduce((total, report) => total + of(report), 0);
  return {
    ok: made.length === accounts.length && made.every(({ ok }) => ok),
    folder,
    isFirst,
    operations: sum(({ operations }) => operations),
    chunks: {
      count: sum(({ chunks }) => chunks.count),
      bytes: sum(({ chunks }) => chunks.bytes),
      copied: sum(({ chunks }) => chunks.copied),
      copiedBytes: sum(({ chunks }) => chunks.copiedBytes),
    },
    accounts,
  };
}
