import type { ImportReport } from '@dataans/client';
import { printableLine } from './printable.ts';
import { formatCount, formatNumber } from './sizes.ts';

type Tally = ImportReport['notes'];

/** What an import did, in lines: what was left out last, each with its reason. */
export function describeImport(report: ImportReport): readonly string[] {
  const { spaces, notes, attachments, skipped } = report;
  const parts = [
    describeTally(spaces, 'space'),
    describeTally(notes, 'note'),
    describeTally(attachments, 'file'),
  ].filter((part) => part !== null);
  return [
    parts.length === 0 ? 'Nothing new.' : `${parts.join('; ')}.`,
    ...skipped.map(({ path, message }) => `Left out: ${printableLine(path)}: ${message}`),
  ];
}

/** `12 notes added, 1 changed`; `null` where nothing of the kind is new. */
function describeTally({ added, changed }: Tally, one: string): string | null {
  if (added + changed === 0) return null;
  const rest = changed === 0 ? '' : `, ${formatNumber(changed)} changed`;
  return added === 0 ? `${formatCount(changed, one)} changed` : `${formatCount(added, one)} added${rest}`;
}
