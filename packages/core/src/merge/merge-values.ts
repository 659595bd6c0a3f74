import type { EntityId } from '../ids/uuid.ts';
import type { EntityKind, NoteValue, ValueByKind } from '../operations/operation.ts';
import { mergeFields } from './merge-fields.ts';
import { mergeTexts } from './merge-text.ts';

export interface MergedValue<Kind extends EntityKind = EntityKind> {
  readonly value: ValueByKind[Kind];
  /** Several sides changed the same lines of a text. */
  readonly conflict: boolean;
}

/**
 * One value of several that were made apart: a field that one side changed takes that side, a field that
 * several changed takes the latest of them; lists of files merge as sets, texts by lines. // MRG-4
 *
 * @param base what all were made on; `null` if they have nothing in common
 * @param sides at least one, in merge order
 */
export function mergeValues<Kind extends EntityKind>(
  kind: Kind,
  base: ValueByKind[Kind] | null,
  ...sides: readonly ValueByKind[Kind][]
): MergedValue<Kind> {
  const value = mergeFields(base, sides);
  if (kind !== 'note') return { value, conflict: false };
  // By the kind they are values of notes. Names of members do not tell: a later program may give any to any kind.
  const before = base as NoteValue | null;
  const notes = sides.map((side) => side as NoteValue);
  const text = mergeTexts(before?.text ?? '', ...notes.map((note) => note.text));
  const files = mergeFiles(
    before?.files ?? [],
    notes.map((note) => note.files),
  );
  return { value: { ...value, text: text.text, files }, conflict: text.conflict };
}

/** Those of the base that nobody took away, and all that somebody added; the order is that of the sides. */
function mergeFiles(base: readonly EntityId[], sides: readonly (readonly EntityId[])[]): readonly EntityId[] {
  const merged = new Set(sides.flat());
  for (const side of sides) for (const file of new Set(base).difference(new Set(side))) merged.delete(file);
  return [...merged];
}
