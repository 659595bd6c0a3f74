import type { SyncResult } from '@dataans/client';
import { describeClockDifference } from './clock.ts';
import { describeHealing, healingToJson } from './healing.ts';
import { describeMassDeletion, massDeletionToJson } from './mass-deletion.ts';
import { adviceOf } from '../words/advice.ts';
import { formatCount, formatNumber } from './sizes.ts';

const problemsToldMax = 10;

export function syncReportToJson({ healed, massDeletion, ...report }: SyncResult) {
  return {
    ...report,
    healed: healingToJson(healed),
    massDeletion: massDeletionToJson(massDeletion),
  };
}

/**
 * What a sync did, in lines: the first always, the others where there is something to say.
 *
 * @param call what stands before a command
 */
export function describeSyncReport(report: SyncResult, call: string): readonly string[] {
  const { changesSent, changesReceived, released, merged, quarantined, filesReceived, filesMissing, healed } =
    report;
  const moved =
    changesSent + changesReceived === 0
      ? 'Nothing new.'
      : `Sent ${formatCount(changesSent, 'change')}, received ${formatNumber(changesReceived)}.`;
  const lines = [
    healed !== null && describeHealing(healed),
    released > 0 && `Applied ${formatCount(released, 'change')} that had been set aside.`,
    merged > 0 && `Merged ${formatCount(merged, 'item')} changed on several devices at once.`,
    filesReceived > 0 && `Received ${formatCount(filesReceived, 'file')}.`,
    filesMissing > 0 &&
      `The server is still missing ${formatCount(filesMissing, 'file')}. Sync the device that has ${filesMissing === 1 ? 'it' : 'them'}.`,
    quarantined > 0 &&
      `Set aside ${formatCount(quarantined, 'change')} that this device can't use. See: dataans quarantine list`,
  ];
  return [
    moved,
    ...lines.filter((line) => line !== false),
    ...describeClockDifference(report),
    ...(report.massDeletion === null ? [] : describeMassDeletion(report.massDeletion, call)),
    ...describeProblems(report.problems),
  ];
}

/** A server can refuse each of ten thousand changes: the first are told, the others counted. */
function describeProblems(problems: SyncResult['problems']): readonly string[] {
  const told = problems
    .slice(0, problemsToldMax)
    .map((problem) => [problem.message, adviceOf(problem)].filter(Boolean).join(' '));
  const rest = problems.length - told.length;
  return rest === 0
    ? told
    : [...told, `And ${formatCount(rest, 'more problem', 'more problems')}. To see all: --json`];
}
