import type { FoundEntity, HistoryEntry } from '@dataans/client';
import type { EntityId, EntityKind, NoteValue, ValueByKind } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findRestorable, titleOf } from '../lookup/find-restorable.ts';
import { findRevision } from '../lookup/find-revision.ts';
import { readSpaceNames } from '../lookup/space-names.ts';
import { formatIsoTime, formatLocalSecond } from '../output/dates.ts';
import { print } from '../output/print.ts';
import { describeRevision } from '../output/revision-changes.ts';
import { alignColumns } from '../output/table.ts';

export interface HistoryOptions {
  readonly revision?: number;
}

/** Every revision, the latest first; or one of them in full. */
export async function showHistory(context: Context, id: string, options: HistoryOptions): Promise<ExitCode> {
  const home = await context.home();
  const found = await findRestorable(home, id);
  const history = await home.history.revisions(found.id, found.kind);
  if (options.revision !== undefined) {
    const entry = findRevision(found, history, options.revision);
    const revision = await home.history.revision(entry.id);
    if (revision === null) throw new TypeError('A revision of the history is not there.');
    return showRevision(context, found, entry, revision.value);
  }
  const current = history.filter(({ isCurrent }) => isCurrent);
  if (current.length > 1)
    context.terminal.hint(
      `Merged: it was changed on several devices at once. The current text combines ${current.length} revisions.`,
    );
  const names = await readSpaceNames(home);
  const nameSpace = (space: EntityId): string => names(space) ?? '?';
  return print(context, {
    json: () => ({ ...describeFound(found), revisions: history.map(entryToJson).toReversed() }),
    text: () =>
      alignColumns(history.map((entry) => toRow(entry, nameSpace)).toReversed(), context.terminal.width).join(
        '\n',
      ),
  });
}

/** The text as it is where a program reads it; with a head, and harmless, on a screen. */
async function showRevision(
  context: Context,
  found: FoundEntity,
  entry: HistoryEntry,
  value: ValueByKind[EntityKind],
): Promise<ExitCode> {
  const { terminal } = context;
  // By the kind it is the value of a note; the others may have an unknown member of that name.
  const text = found.kind === 'note' ? (value as NoteValue).text : `${value.name}\n`;
  if (context.json)
    return print(context, {
      json: () => ({ ...describeFound(found), ...entryToJson(entry), value }),
      text: () => text,
    });
  if (terminal.hasScreen) {
    const head = `${titleOf(found)}  (revision ${entry.number}, ${formatLocalSecond(entry.at)}, ${nameDevice(entry)})`;
    await terminal.show([head], text);
  } else await terminal.write(text);
  return exitCodes.done;
}

function toRow(entry: HistoryEntry, nameSpace: (id: EntityId) => string): readonly string[] {
  return [
    String(entry.number),
    formatLocalSecond(entry.at),
    nameDevice(entry),
    describeRevision(entry, nameSpace) + describeClock(entry),
  ];
}

/** Less than this is what clocks differ by. */
const clockDifferenceMinMs = 5 * 60_000;

/** What the clock said, if that is not when it was. */
function describeClock({ at, stampedAt }: HistoryEntry): string {
  if (Math.abs(stampedAt - at) <= clockDifferenceMinMs) return '';
  return ` [its clock said ${formatLocalSecond(stampedAt)}]`;
}

function nameDevice({ device }: HistoryEntry): string {
  return device.name ?? device.id.slice(0, 8);
}

function describeFound(found: FoundEntity) {
  return { id: found.id, kind: found.kind, title: titleOf(found), deleted: found.deleted };
}

function entryToJson(entry: HistoryEntry) {
  const { number, id, at, stampedAt, device, madeOn, apartFrom, isCurrent, deleted, changes } = entry;
  return {
    revision: number,
    operation: id,
    at: formatIsoTime(at),
    stampedAt: formatIsoTime(stampedAt),
    device,
    madeOn,
    apartFrom,
    current: isCurrent,
    deletion: deleted,
    changes,
  };
}
