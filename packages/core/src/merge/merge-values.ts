import type { EntityId } from '../ids/uuid.ts';
import type { EntityKind, NoteValue, ValueByKind } from '../operations/operation.ts';
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
  base: ValueByKind[Kind] | null,
  earlier: ValueByKind[Kind],
  later: ValueByKind[Kind],
): MergedValue<Kind> {
  const value = mergeFields(base, earlier, later);
  if (!isNote(earlier) || !isNote(later)) return { value, conflict: false };
  const noteBase = base !== null && isNote(base) ? base : null;
  const text = mergeTexts(noteBase?.text ?? '', earlier.text, later.text);
  const files = mergeFiles(noteBase?.files ?? [], earlier.files, later.files);
  return { value: { ...value, text: text.text, files }, conflict: text.conflict };
}

/** All fields, each as a whole; those that merge finer are replaced by the caller. */
function mergeFields<Value extends object>(base: Value | null, earlier: Value, later: Value): Value {
  if (base === null) return later;
  const merged = { ...later };
  for (const field of Object.keys(later) as (keyof Value)[]) {
    if (later[field] === base[field]) merged[field] = earlier[field];
  }
  return merged;
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

function isNote(value: object): value is NoteValue {
  return 'text' in value;
}
