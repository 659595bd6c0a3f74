import type { FoundEntity, HistoryEntry } from '@dataans/client';
import type { EntityId, NoteValue, ValueByKind } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findRestorable, titleOf } from '../lookup/find-restorable.ts';
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
  const { store } = home;
  const { readHistory, readRevision } = await import('@dataans/client');
  const found = await findRestorable(home, id);
  const history = readHistory(store, found.kind, found.id);
  if (options.revision !== undefined) {
    const revision = readRevision(store.entities, found.kind, found.id, options.revision);
    const entry = history.find((one) => one.id === revision.id);
    if (entry === undefined) throw new TypeError('A revision is not in its own history.');
    return showRevision(context, found, entry, revision.operation.value);
  }
  const current = history.filter(({ isCurrent }) => isCurrent);
  if (current.length > 1)
    context.terminal.hint(
      `Merged: it was changed on several devices at once. The current text combines ${current.length} revisions.`,
    );
  const nameSpace = (space: EntityId): string => store.entities.read('space', space)?.value.name ?? '?';
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
  value: ValueByKind[FoundEntity['kind']],
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
