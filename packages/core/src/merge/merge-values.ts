import type { EntityId } from '../ids/uuid.ts';
import type { EntityKind, NoteValue, ValueByKind } from '../operations/operation.ts';
import { mergeFields } from './merge-fields.ts';
import { mergeTexts } from './merge-text.ts';

export interface MergedValue<Kind extends EntityKind = EntityKind> {
  readonly value: ValueByKind[Kind];
  /** Both sides changed the same lines of a text. */
  readonly conflict: boolean;
}

/**
 * One value of two that were made apart: a field changed on one side takes that side, a field
 * changed on both takes the later; lists of files merge as sets, texts by lines. // MRG-4
 *
 * @param base what both were made on; `null` where they have nothing in common
 */
export function mergeValues<Kind extends EntityKind>(
  kind: Kind,
  base: ValueByKind[Kind] | null,
  earlier: ValueByKind[Kind],
  later: ValueByKind[Kind],
): MergedValue<Kind> {
  const value = mergeFields(base, [earlier, later]);
  if (kind !== 'note') return { value, conflict: false };
  // By the kind they are values of notes. Names of members do not tell: a later program may give any to any kind.
  const [before, first, last] = [base, earlier, later].map((each) => each as NoteValue | null);
  const text = mergeTexts(before?.text ?? '', first?.text ?? '', last?.text ?? '');
  const files = mergeFiles(before?.files ?? [], first?.files ?? [], last?.files ?? []);
  return { value: { ...value, text: text.text, files }, conflict: text.conflict };
}

/** What the earlier side has and the later did not take away, then what the later added. */
function mergeFiles(
  base: readonly EntityId[],
  earlier: readonly EntityId[],
  later: readonly EntityId[],
): readonly EntityId[] {
  const before = new Set(base);
  const kept = new Set(later);
  const had = new Set(earlier);
  return [
    ...earlier.filter((file) => kept.has(file) || !before.has(file)),
    ...later.filter((file) => !had.has(file) && !before.has(file)),
  ];
}
