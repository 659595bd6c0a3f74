import type { EntityId } from '@dataans/core';
import { safeName, splitName } from '../export/safe-name.ts';
import { readPaths } from '../links/read-paths.ts';
import { findFileNamed, findWholeFile } from '../folder-format/whole-file.ts';
import type { Entities, Entity } from '../store/entities.ts';

/** What a link leads to. */
export interface LinkedEntity {
  readonly kind: 'note' | 'file';
  readonly id: EntityId;
}

/**
 * What a relative link of a note leads to, by folders and file names as they were imported and as an
 * export writes them; `null` where nothing is there, or it leads out of the notes. // LNK-2, LNK-3
 *
 * @param href as `findLinks` gives it
 */
export function resolveLink(entities: Entities, note: Entity<'note'>, href: string): LinkedEntity | null {
  for (const path of readPaths(href)) {
    const linked = resolvePath(entities, note, path);
    if (linked !== null) return linked;
  }
  return null;
}

function resolvePath(entities: Entities, note: Entity<'note'>, path: string): LinkedEntity | null {
  const space = entities.read('space', note.value.space);
  const folder = space === null ? '' : spaceFolder(space);
  const names = joinNames(folder, path);
  const name = names?.at(-1);
  if (names === null || name === undefined) return null;
  const below = names.slice(0, -1).join('/');
  return (
    findAttached(entities, note, folder, below, name) ?? findNamed(entities, note.value.space, below, name)
  );
}

/** Names from the root down; `null` where the path leads above it. */
function joinNames(folder: string, path: string): readonly string[] | null {
  const names = path.startsWith('/') ? [] : splitPath(folder);
  for (const name of splitPath(path)) {
    if (name === '..') {
      if (names.pop() === undefined) return null;
    } else if (name !== '.') names.push(name);
  }
  return names;
}

function splitPath(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

/** A file of the note itself: beside it, or in the folder where an export puts its files. */
function findAttached(
  entities: Entities,
  note: Entity<'note'>,
  folder: string,
  below: string,
  name: string,
): LinkedEntity | null {
  const filesFolder = [...splitPath(folder), `${splitName(note.value.name).stem}.files`].join('/');
  const own = [splitPath(folder).join('/'), filesFolder].map((path) => path.normalize('NFC'));
  if (!own.includes(below.normalize('NFC'))) return null;
  const file = findFileNamed(entities, note.value.files, name);
  return file === null ? null : { kind: 'file', id: file.id };
}

/** The note that has this place, its own space's first; or the file that it stands for. */
function findNamed(
  entities: Entities,
  ownSpace: EntityId,
  folder: string,
  name: string,
): LinkedEntity | null {
  const spaces = entities
    .spaces()
    .map(({ space }) => space)
    .filter((space) => splitPath(spaceFolder(space)).join('/').normalize('NFC') === folder.normalize('NFC'))
    .toSorted((left, right) => Number(right.id === ownSpace) - Number(left.id === ownSpace));
  for (const space of spaces) {
    const [note] = entities.findNotesByName(space.id, name);
    if (note === undefined) continue;
    const file = findWholeFile(entities, note.value);
    return file === null ? { kind: 'note', id: note.id } : { kind: 'file', id: file.id };
  }
  return null;
}

function spaceFolder({ value }: Entity<'space'>): string {
  return value.folder ?? safeName(value.name, 'posix');
}
