import type { HistoryEntry, RevisionChange } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { formatBytes, formatCount, formatNumber } from './sizes.ts';

/** What a revision changed, in a few words. */
export function describeRevision(entry: HistoryEntry, nameSpace: (id: EntityId) => string): string {
  const { number, changes, madeOn, apartFrom } = entry;
  const words = changes.map((change) => describeChange(change, madeOn, nameSpace));
  const what = words.length === 0 ? 'saved as it was' : words.join(', ');
  const isOnLast = apartFrom.length === 0 && (madeOn.length !== 1 || madeOn[0] === number - 1);
  if (isOnLast) return what;
  const where = [
    ...(madeOn.length > 0 ? [`made on ${listNumbers(madeOn)}`] : []),
    ...(apartFrom.length > 0 ? [`apart from ${listNumbers(apartFrom)}`] : []),
  ];
  return `${what} (${where.join(', ')})`;
}

function describeChange(
  change: RevisionChange,
  madeOn: readonly number[],
  nameSpace: (id: EntityId) => string,
): string {
  switch (change.kind) {
    case 'created':
      return 'created';
    case 'base-unknown':
      return "made on a revision that isn't on this device";
    case 'settled':
      return `settled ${listNumbers(madeOn)}`;
    case 'deleted':
      return 'deleted';
    case 'restored':
      return 'restored';
    case 'text':
      return describeText(change);
    case 'renamed':
      return `renamed from “${change.from}” to “${change.to}”`;
    case 'moved':
      return `moved from “${nameSpace(change.from)}” to “${nameSpace(change.to)}”`;
    case 'pinned':
      return 'pinned';
    case 'unpinned':
      return 'no longer pinned';
    case 'files':
      return describeFiles(change);
    case 'folder':
      return `folder from ${change.from ?? 'none'} to ${change.to ?? 'none'}`;
    case 'members':
      return `${change.names.join(' and ')} changed`;
    case 'content':
      return `content from ${formatBytes(change.from)} to ${formatBytes(change.to)}`;
  }
}

/** `text +3 −1`: lines that came and lines that went. */
function describeText({ added, removed }: { readonly added: number; readonly removed: number }): string {
  const counts = [
    ...(added > 0 ? [`+${formatNumber(added)}`] : []),
    ...(removed > 0 ? [`−${formatNumber(removed)}`] : []),
  ];
  return counts.length === 0 ? 'last line end' : `text ${counts.join(' ')}`;
}

function describeFiles({ added, removed }: { readonly added: number; readonly removed: number }): string {
  const parts = [
    ...(added > 0 ? [`${formatCount(added, 'file')} attached`] : []),
    ...(removed > 0 ? [`${formatCount(removed, 'file')} removed`] : []),
  ];
  return parts.join(', ');
}

/** `3`, `3 and 4`, `1, 3 and 4`. */
function listNumbers(numbers: readonly number[]): string {
  const last = numbers.at(-1);
  return numbers.length < 2 ? `${last ?? ''}` : `${numbers.slice(0, -1).join(', ')} and ${last}`;
}
