import type { VerifyProgress, VerifyReport } from '@dataans/client';
import { findingRows } from './findings.ts';
import { formatBytes, formatCount, formatNumber } from './sizes.ts';

export function verifyReportToJson({ found, ...report }: VerifyReport) {
  return { ...report, findings: found.findings, findingCount: found.count };
}

/** The rows of a table: what was looked at, and what is wrong. */
export function verifyReportRows(report: VerifyReport): readonly (readonly string[])[] {
  const { entries, pending, resumedAt, found } = report;
  const rows: readonly (readonly [string, string] | null)[] = [
    ['server', report.address],
    [
      'log',
      `${formatCount(entries.checked, 'entry', 'entries')} checked${resumedAt === 0 ? '' : `, ${formatNumber(resumedAt)} of them by a run before`}`,
    ],
    ['opened', `${formatNumber(entries.opened)} of ${formatNumber(entries.checked)}`],
    ['as here', `${formatNumber(entries.same)} of ${formatNumber(entries.checked)}`],
    entries.unreceived === 0
      ? null
      : ['not here yet', `${formatCount(entries.unreceived, 'change')}: run dataans sync`],
    entries.notUnderstood === 0
      ? null
      : [
          'not understood',
          `${formatCount(entries.notUnderstood, 'change')} of a newer program: update Dataans`,
        ],
    ['files', describeChunks(report)],
    pending === 0 ? null : ['to send', `${formatCount(pending, 'change')}: run dataans sync`],
    ['found', found.count === 0 ? 'nothing wrong' : `${formatCount(found.count, 'thing')} wrong`],
  ];
  return [...rows.filter((row) => row !== null), ...findingRows(found)];
}

function describeChunks({ chunks, deep }: VerifyReport): string {
  if (chunks.chunks === 0) return 'none';
  const what = `${formatCount(chunks.chunks, 'piece')} of ${formatCount(chunks.files, 'file')}`;
  return deep
    ? `${what} fetched and opened (${formatBytes(chunks.fetchedBytes)})`
    : `${what} asked for; --deep fetches and opens them`;
}

/** `Checking 1,200 of 7,599 entries` */
export function describeVerifyProgress({ phase, done, total }: VerifyProgress): string {
  const what =
    phase === 'entries' ? formatCount(total, 'entry', 'entries') : `${formatCount(total, 'piece')} of files`;
  return `Checking ${formatNumber(done)} of ${what}`;
}
