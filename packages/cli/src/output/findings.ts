import { findingTone, type FindingList } from '@dataans/client';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { adviceForFinding } from '../words/findings.ts';
import { nameHome } from './name-home.ts';
import { formatCount, formatNumber } from './sizes.ts';

/** More than these in words is more than anybody reads: `--json` has the first hundred of each sort. */
const rowsMax = 10;

/**
 * Rows of a table: each finding by its tone, with what to do about it.
 *
 * @param call what stands before a command
 */
export function findingRows({ findings, count }: FindingList, call: string): readonly (readonly string[])[] {
  const shown = findings.slice(0, rowsMax);
  const rest = count - shown.length;
  return [
    ...shown.flatMap((finding) => [
      [findingTone(finding.kind), finding.message],
      ['', nameHome(adviceForFinding(finding), call)],
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
