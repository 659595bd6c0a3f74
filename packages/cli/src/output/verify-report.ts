import type { VerifyProgress, VerifyReport } from '@dataans/client';
import { findingRows } from './findings.ts';
import { formatBytes, formatCount, formatNumber } from './sizes.ts';

export function verifyReportToJson({ found, ...report }: VerifyReport) {
  return { ...report, findings: found.findings, findingCount: found.count };
}

/** The rows of a table: what was looked at, and what is wrong. */
export function verifyReportRows(report: VerifyReport, call: string): readonly (readonly string[])[] {
  const { entries, pendingChanges, resumedAt, found } = report;
  const rows: readonly (readonly [string, string] | null)[] = [
    ['server', report.address],
    [
      'log',
      `${formatCount(entries.checked, 'entry', 'entries')} checked${resumedAt === 0 ? '' : `, ${formatNumber(resumedAt)} of them by an earlier run`}`,
    ],
    ['opened', `${formatNumber(entries.opened)} of ${formatNumber(entries.checked)}`],
    ['identical', `${formatNumber(entries.same)} of ${formatNumber(entries.checked)}`],
    entries.unreceived === 0
      ? null
      : ['not here yet', `${formatCount(entries.unreceived, 'change')}: run dataans sync`],
    entries.notUnderstood === 0
      ? null
      : [
          'not understood',
          `${formatCount(entries.notUnderstood, 'change')} from a newer version: update Dataans`,
        ],
    ['files', describeChunks(report)],
    pendingChanges === 0 ? null : ['to send', `${formatCount(pendingChanges, 'change')}: run dataans sync`],
    ['found', found.count === 0 ? 'no problems' : formatCount(found.count, 'problem')],
  ];
  return [...rows.filter((row) => row !== null), ...findingRows(found, call)];
}

function describeChunks({ chunks, deep }: VerifyReport): string {
  if (chunks.chunks === 0) return 'none';
  const what = `${formatCount(chunks.chunks, 'piece')} of ${formatCount(chunks.files, 'file')}`;
  return deep
    ? `${what} downloaded and checked (${formatBytes(chunks.fetchedBytes)})`
    : `${what} are on the server (add --deep to download and check them)`;
}

/** `Checking 1,200 of 7,599 entries` */
export function describeVerifyProgress({ phase, done, total }: VerifyProgress): string {
  const what =
    phase === 'entries' ? formatCount(total, 'entry', 'entries') : `${formatCount(total, 'piece')} of files`;
  return `Checking ${formatNumber(done)} of ${what}`;
}
