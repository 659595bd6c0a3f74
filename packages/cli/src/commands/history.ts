import type { HistoryEntry } from '@dataans/client';
import { DataansError, type EntityId } from '@dataans/core';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findRestorable, titleOf, type Found } from '../lookup/find-restorable.ts';
import { formatIsoTime, formatLocalSecond } from '../output/dates.ts';
import { print } from '../output/print.ts';
import { printableLine, printableText } from '../output/printable.ts';
import { describeRevision } from '../output/revision-changes.ts';
import { formatCount } from '../output/sizes.ts';
import { alignColumns } from '../output/table.ts';

export interface HistoryOptions {
  readonly revision?: number;
}

/** Every revision, the latest first; or one of them in full. */
export async function showHistory(context: Context, id: string, options: HistoryOptions): Promise<ExitCode> {
  const { store } = await context.home();
  const { readHistory } = await import('@dataans/client');
  const found = findRestorable(store, id);
  const history = readHistory(store.entities, found.kind, found.id);
  if (options.revision !== undefined) return showRevision(context, found, history, options.revision);
  const current = history.filter(({ isCurrent }) => isCurrent);
  if (current.length > 1)
    context.terminal.hint(
      `It was changed on several devices at once: what is current merges ${current.length} revisions.`,
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
  found: Found,
  history: readonly HistoryEntry[],
  number: number,
): Promise<ExitCode> {
  const { terminal } = context;
  const { entities } = (await context.home()).store;
  const entry = history[number - 1];
  const value = entities.revisions(found.kind, found.id)[number - 1]?.operation.value;
  if (entry === undefined || value === undefined) {
    throw new DataansError(
      'not-found',
      `There is no revision ${number}: it has ${formatCount(history.length, 'revision')}.`,
      {
        advice: `See them with: dataans history ${found.id}`,
      },
    );
  }
  if (context.json) {
    return print(context, {
      json: () => ({ ...describeFound(found), ...entryToJson(entry), value }),
      text: () => '',
    });
  }
  const text = 'text' in value ? value.text : `${value.name}\n`;
  if (!terminal.hasScreen) await terminal.write(text);
  else {
    const head = `${titleOf(found)}  (revision ${number}, ${formatLocalSecond(entry.at)}, ${nameDevice(entry)})`;
    const shown = printableText(text).replace(/\n$/, '');
    await terminal.write(`${[terminal.paint('dim', printableLine(head)), '', shown].join('\n')}\n`);
  }
  return exitCodes.done;
}

function toRow(entry: HistoryEntry, nameSpace: (id: EntityId) => string): readonly string[] {
  return [
    String(entry.number),
    formatLocalSecond(entry.at),
    nameDevice(entry),
    describeRevision(entry, nameSpace),
  ];
}

function nameDevice({ device }: HistoryEntry): string {
  return device.name ?? device.id.slice(0, 8);
}

function describeFound(found: Found) {
  return { id: found.id, kind: found.kind, title: titleOf(found), deleted: found.deleted };
}

function entryToJson(entry: HistoryEntry) {
  const { number, id, at, device, madeOn, apartFrom, isCurrent, deleted, changes } = entry;
  return {
    revision: number,
    operation: id,
    at: formatIsoTime(at),
    device,
    madeOn,
    apartFrom,
    current: isCurrent,
    deletion: deleted,
    changes,
  };
}
