import type { FindingList } from '@dataans/client';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { formatCount, formatNumber } from './sizes.ts';

/** More than these in words is more than anybody reads: `--json` has the first hundred of each sort. */
const rowsMax = 10;

/** Rows of a table: each finding with what to do about it. */
export function findingRows({ findings, count }: FindingList): readonly (readonly string[])[] {
  const shown = findings.slice(0, rowsMax);
  const rest = count - shown.length;
  return [
    ...shown.flatMap(({ message, advice }) => [
      ['wrong', message],
      ['', advice],
    ]),
    ...(rest === 0 ? [] : [['', `and ${formatNumber(rest)} more: add --json`]]),
  ];
}

export function isFinding({ findings }: FindingList, message: string): boolean {
  return findings.some((finding) => finding.message === message);
}

/** A line behind what a command did, which is another matter. */
export function findingsHint(count: number): readonly string[] {
  return count === 0 ? [] : [`Found ${formatCount(count, 'problem')} on the server. See: dataans status`];
}

/** Scripts are told of what is wrong on the server. // VFY-12 */
export function findingsToExitCode(count: number): ExitCode {
  return count === 0 ? exitCodes.done : exitCodes.integrity;
}
