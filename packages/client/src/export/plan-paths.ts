import type { EntityId, FileValue } from '@dataans/core';
import { findWholeFile } from '../folder-format/whole-file.ts';
import type { Entity } from '../store/entities.ts';
import type { ExportedEntities } from './exported-entities.ts';
import { firstWords } from './first-words.ts';
import type { PathRules } from '../folder-format/path-rules.ts';
import { safeFolder, safeName, splitName } from './safe-name.ts';
import { createTakenPaths, type TakenPaths } from './taken-paths.ts';

/** One file of an export: the text of a note, or the content of a file. */
export interface PlannedPath {
  /** Folders and the name, below the target. */
  readonly path: readonly string[];
  readonly content:
    { readonly kind: 'note'; readonly note: EntityId } | { readonly kind: 'file'; readonly file: FileValue };
}

/** A note without its text, which may be large: that is read again when it is written. */
interface NamedNote {
  readonly id: EntityId;
  readonly createdAt: number;
  readonly name: string;
  readonly hasText: boolean;
  readonly wholeFile: FileValue | null;
  readonly files: readonly EntityId[];
}

interface PlacedNote {
  readonly note: NamedNote;
  readonly folder: readonly string[];
  readonly name: string;
}

/**
 * Where everything goes: the same on every device that has the same notes and the same rules. What
 * was imported comes first and gets its own paths back, before anything whose path has to be another one;
 * the rest takes what is free. // EXP-1, EXP-5
 */
export function planPaths(entities: ExportedEntities, rules: PathRules): readonly PlannedPath[] {
  const taken = createTakenPaths(rules);
  const notesBySpace = nameNotes(entities);
  const imported = placeNotes(notesBySpace, placeImportedSpaces(entities, rules, taken), rules, taken);
  const others = placeNotes(
    notesBySpace,
    placeOtherSpaces(entities, notesBySpace, rules, taken),
    rules,
    taken,
  );
  return [...imported, ...others].flatMap((place) => [
    ...planNote(place, rules, taken),
    ...planFiles(entities, place, rules, taken),
  ]);
}

/** Where the notes of a space go. */
interface PlacedFolder {
  readonly path: readonly string[];
  /** It is the path that the space asks for: nothing in it was replaced, and nothing cut off. */
  readonly isOwn: boolean;
}

type FolderBySpace = ReadonlyMap<EntityId, PlacedFolder>;

function placeImportedSpaces(entities: ExportedEntities, rules: PathRules, taken: TakenPaths): FolderBySpace {
  const folders = new Map<EntityId, PlacedFolder>();
  for (const { id, value } of sortedSpaces(entities)) {
    if (value.folder === null) continue;
    const path = safeFolder(value.folder, rules);
    taken.takeFolder(path);
    folders.set(id, { path, isOwn: path.join('/') === value.folder });
  }
  return folders;
}

/** Each gets a folder of its own; so do notes of spaces that this device does not know. */
function placeOtherSpaces(
  entities: ExportedEntities,
  notesBySpace: ReadonlyMap<EntityId, readonly NamedNote[]>,
  rules: PathRules,
  taken: TakenPaths,
): FolderBySpace {
  const folders = new Map<EntityId, PlacedFolder>();
  const spaces = sortedSpaces(entities);
  const known = new Set(spaces.map(({ id }) => id));
  for (const { id, value } of spaces) {
    if (value.folder !== null || !notesBySpace.has(id)) continue;
    folders.set(id, { path: [taken.takeName([], safeName(value.name, rules.names))], isOwn: true });
  }
  for (const id of Array.from(notesBySpace.keys()).toSorted())
    if (!known.has(id)) folders.set(id, { path: [taken.takeName([], 'notes')], isOwn: true });
  return folders;
}

/** First everyone who can have their own path, then those whose path is another one, then those whose name is taken. */
function placeNotes(
  notesBySpace: ReadonlyMap<EntityId, readonly NamedNote[]>,
  folders: FolderBySpace,
  rules: PathRules,
  taken: TakenPaths,
): readonly PlacedNote[] {
  const own: PlacedNote[] = [];
  const others: PlacedNote[] = [];
  for (const [space, { path, isOwn }] of folders)
    for (const note of notesBySpace.get(space) ?? []) {
      const name = safeName(note.name, rules.names);
      (isOwn && name === note.name ? own : others).push({ note, folder: path, name });
    }
  const byCreation = (left: PlacedNote, right: PlacedNote) => compareCreation(left.note, right.note);
  const placed: PlacedNote[] = [];
  const late: PlacedNote[] = [];
  for (const place of [...own.toSorted(byCreation), ...others.toSorted(byCreation)])
    (taken.tryName(place.folder, place.name) ? placed : late).push(place);
  for (const place of late) placed.push({ ...place, name: taken.takeName(place.folder, place.name) });
  return placed;
}

function nameNotes(entities: ExportedEntities): ReadonlyMap<EntityId, readonly NamedNote[]> {
  const notesBySpace = new Map<EntityId, NamedNote[]>();
  for (const { id, createdAt, value } of entities.notes()) {
    const wholeFile = findWholeFile(entities, value);
    const notes = notesBySpace.get(value.space) ?? [];
    notesBySpace.set(value.space, notes);
    notes.push({
      id,
      createdAt,
      name: value.name || `${firstWords(value.text) || 'note'}.md`,
      hasText: value.text !== '',
      wholeFile: wholeFile?.value ?? null,
      files: value.files.filter((file) => file !== wholeFile?.id),
    });
  }
  return notesBySpace;
}

/** The file that the note stands for takes its place; text beside it gets a name of its own. // EXP-2 */
function planNote(
  { note, folder, name }: PlacedNote,
  rules: PathRules,
  taken: TakenPaths,
): readonly PlannedPath[] {
  const path = [...folder, name];
  const text = { kind: 'note', note: note.id } as const;
  if (note.wholeFile === null) return [{ path, content: text }];
  const file = { path, content: { kind: 'file', file: note.wholeFile } } as const;
  return note.hasText
    ? [
        file,
        { path: [...folder, taken.takeName(folder, safeName(`${name}.md`, rules.names))], content: text },
      ]
    : [file];
}

/** Other files lie in a folder beside the note. // EXP-2 */
function planFiles(
  entities: ExportedEntities,
  { note, folder, name }: PlacedNote,
  rules: PathRules,
  taken: TakenPaths,
): readonly PlannedPath[] {
  const files = readFiles(entities, note.files);
  if (files.length === 0) return [];
  const below = [...folder, taken.takeName(folder, safeName(`${splitName(name).stem}.files`, rules.names))];
  return files.map((file) => ({
    path: [...below, taken.takeName(below, safeName(file.value.name, rules.names))],
    content: { kind: 'file', file: file.value },
  }));
}

function readFiles(entities: ExportedEntities, ids: readonly EntityId[]): readonly Entity<'file'>[] {
  const files: Entity<'file'>[] = [];
  for (const id of ids) {
    const file = entities.read('file', id);
    if (file !== null && !file.deleted) files.push(file);
  }
  return files;
}

interface Created {
  readonly id: EntityId;
  readonly createdAt: number;
}

function sortedSpaces(entities: ExportedEntities): readonly Entity<'space'>[] {
  return entities
    .spaces()
    .map(({ space }) => space)
    .toSorted(compareCreation);
}

function compareCreation(left: Created, right: Created): number {
  return left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1);
}
