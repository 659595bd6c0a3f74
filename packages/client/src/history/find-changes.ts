import {
  countChangedLines,
  isSameJson,
  type EntityKind,
  type FileValue,
  type NoteValue,
  type SpaceValue,
  type ValueByKind,
} from '@dataans/core';
import type { RevisionChange } from './history-entry.ts';

/** An entity before or after a revision. */
export interface Content {
  readonly value: ValueByKind[EntityKind];
  readonly deleted: boolean;
}

/** What differs between two contents of one entity; all of it where there was nothing before. // HIS-3 */
export function findChanges(
  kind: EntityKind,
  before: Content | null,
  after: Content,
): readonly RevisionChange[] {
  const fields = [
    ...findFieldChanges(kind, before?.value ?? null, after.value),
    ...findOtherChanges(kind, before?.value ?? null, after.value),
  ];
  if (before === null) return [{ kind: 'created' }, ...fields];
  if (before.deleted === after.deleted) return fields;
  return [{ kind: after.deleted ? 'deleted' : 'restored' }, ...fields];
}

function findFieldChanges(
  kind: EntityKind,
  before: ValueByKind[EntityKind] | null,
  after: ValueByKind[EntityKind],
): readonly RevisionChange[] {
  // Both are values of one entity, and so of this kind.
  if (kind === 'note') return findNoteChanges(before as NoteValue | null, after as NoteValue);
  if (before === null) return [];
  const renamed: readonly RevisionChange[] =
    before.name === after.name ? [] : [{ kind: 'renamed', from: before.name, to: after.name }];
  if (kind === 'space') return [...renamed, ...findFolderChange(before as SpaceValue, after as SpaceValue)];
  return kind === 'file'
    ? [...renamed, ...findContentChange(before as FileValue, after as FileValue)]
    : renamed;
}

const toldByKind: Readonly<Record<EntityKind, readonly string[]>> = {
  space: ['name', 'folder'],
  note: ['space', 'name', 'text', 'files', 'pinned'],
  file: ['name', 'bytes', 'chunks'],
  device: ['name', 'witness'],
};

/** Of what there is to say no more about than that it changed. */
function findOtherChanges(kind: EntityKind, before: object | null, after: object): readonly RevisionChange[] {
  if (before === null) return [];
  const [had, has] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = new Set([...had.keys(), ...has.keys()]).difference(new Set(toldByKind[kind]));
  const changed = [...names].filter((name) => !isSameJson(had.get(name), has.get(name))).toSorted();
  return changed.length === 0 ? [] : [{ kind: 'members', names: changed }];
}

function findNoteChanges(before: NoteValue | null, after: NoteValue): readonly RevisionChange[] {
  const { text, files } = before ?? { text: '', files: [] };
  const changes: RevisionChange[] = [];
  if (before !== null && before.space !== after.space)
    changes.push({ kind: 'moved', from: before.space, to: after.space });
  if (before !== null && before.name !== after.name)
    changes.push({ kind: 'renamed', from: before.name, to: after.name });
  if (text !== after.text) changes.push({ kind: 'text', ...countChangedLines(text, after.text) });
  const had = new Set(files);
  const has = new Set(after.files);
  const [added, removed] = [has.difference(had).size, had.difference(has).size];
  if (added + removed > 0) changes.push({ kind: 'files', added, removed });
  if ((before?.pinned ?? false) !== after.pinned)
    changes.push({ kind: after.pinned ? 'pinned' : 'unpinned' });
  return changes;
}

function findFolderChange(before: SpaceValue, after: SpaceValue): readonly RevisionChange[] {
  return before.folder === after.folder ? [] : [{ kind: 'folder', from: before.folder, to: after.folder }];
}

function findContentChange(before: FileValue, after: FileValue): readonly RevisionChange[] {
  return before.chunks === after.chunks ? [] : [{ kind: 'content', from: before.bytes, to: after.bytes }];
}
