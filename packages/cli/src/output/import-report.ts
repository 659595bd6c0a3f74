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
    ...skipped.map(({ path, message }) => `Skipped: ${printableLine(path)}: ${printableLine(message)}`),
    ...(skippedMore === 0 ? [] : [`Skipped as well: ${formatNumber(skippedMore)} more.`]),
  ];
}

const otherFolder =
  'A different folder with this name was imported before. Its notes are kept apart from these.';
const notOurs =
  "This export can't be shown to come from your account, so nothing that was already here has changed.";

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
  if (edited > 0) lines.push(`Kept your edits made in Dataans: ${formatCount(edited, 'note')}.`);
  if (deleted > 0) lines.push(`Left in the trash, deleted in Dataans: ${formatCount(deleted, 'note')}.`);
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
