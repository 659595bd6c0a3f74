import type { ImportReport } from '@dataans/client';
import { printableLine } from './printable.ts';
import { formatCount, formatNumber } from './sizes.ts';

type Tally = ImportReport['notes'];

/** What an import did, in lines: what was left out last, each with its reason. */
export function describeImport(report: ImportReport): readonly string[] {
  const { source, spaces, notes, attachments, skipped, skippedMore } = report;
  const all = source === 'folder' ? addTallies(notes, attachments) : notes;
  const parts = [
    describeTally(spaces, 'space'),
    ...(source === 'folder'
      ? [describeNotes(all, attachments)]
      : [describeTally(notes, 'note'), describeTally(attachments, 'file')]),
  ].filter((part) => part !== null);
  return [
    parts.length === 0 ? 'Nothing new.' : `${parts.join('; ')}.`,
    ...(report.copy > 1 && all.added > 0 ? [otherFolder] : []),
    ...(source === 'other-export' ? [notOurs] : []),
    ...describeKept(all),
    ...skipped.map(({ path, message }) => `Left out: ${printableLine(path)}: ${printableLine(message)}`),
    ...(skippedMore === 0 ? [] : [`Left out as well: ${formatNumber(skippedMore)} more.`]),
  ];
}

const otherFolder =
  'Another folder of this name was imported before, and it holds other things: its notes are kept apart from these.';
const notOurs = 'This export is not proven to be of this account: nothing that was here before has changed.';

/** A file that is no text is a note with that file: `status` counts it among the notes. */
function describeNotes(all: Tally, attachments: Tally): string | null {
  const described = describeTally(all, 'note');
  const withFile = attachments.added + attachments.changed;
  return described === null || withFile === 0
    ? described
    : `${described} (${formatNumber(withFile)} with a file)`;
}

/** `12 notes added, 1 changed`; `null` where nothing of the kind is new. */
function describeTally({ added, changed }: Tally, one: string): string | null {
  if (added + changed === 0) return null;
  const rest = changed === 0 ? '' : `, ${formatNumber(changed)} changed`;
  return added === 0 ? `${formatCount(changed, one)} changed` : `${formatCount(added, one)} added${rest}`;
}

/** What is not as the folder has it. // IMP-11 */
function describeKept({ edited, deleted }: Tally): readonly string[] {
  const lines: string[] = [];
  if (edited > 0)
    lines.push(`Changed since the file had this content, and kept so: ${formatCount(edited, 'note')}.`);
  if (deleted > 0) lines.push(`Deleted in Dataans since, and kept so: ${formatCount(deleted, 'note')}.`);
  return lines;
}

function addTallies(left: Tally, right: Tally): Tally {
  return {
    added: left.added + right.added,
    changed: left.changed + right.changed,
    unchanged: left.unchanged + right.unchanged,
    edited: left.edited + right.edited,
    deleted: left.deleted + right.deleted,
  };
}
