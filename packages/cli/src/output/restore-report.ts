import type { RestoreReport, RestoreTally } from '@dataans/client';
import { formatCount } from './sizes.ts';

/** What a restore did, or would do, in lines; none where it changes nothing. */
export function describeRestore(report: RestoreReport, isDone: boolean): readonly string[] {
  const lines = [
    describeOutcome(
      report,
      'restored',
      isDone ? 'Restored from the trash' : 'Would restore from the trash',
      '',
    ),
    describeOutcome(report, 'reverted', isDone ? 'Changed back' : 'Would change back', ''),
    describeOutcome(
      report,
      'deleted',
      isDone ? 'Moved to the trash' : 'Would move to the trash',
      " that didn't exist then",
    ),
  ];
  return lines.filter((line) => line !== null);
}

function describeOutcome(
  { notes, spaces, files }: RestoreReport,
  outcome: keyof RestoreTally,
  did: string,
  why: string,
): string | null {
  const counts = [
    ...(notes[outcome] > 0 ? [formatCount(notes[outcome], 'note')] : []),
    ...(spaces[outcome] > 0 ? [formatCount(spaces[outcome], 'space')] : []),
    ...(files[outcome] > 0 ? [formatCount(files[outcome], 'file')] : []),
  ];
  return counts.length === 0 ? null : `${did}: ${counts.join(', ')}${why}.`;
}
