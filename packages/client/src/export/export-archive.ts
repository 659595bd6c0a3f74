import { utf8ToBytes, type EntityId, type FileValue } from '@dataans/core';
import type { Entity } from '../store/entities.ts';
import {
  archivePaths,
  archiveVersion,
  type ArchiveManifest,
  type FileLine,
  type NoteLine,
  type SpaceLine,
} from './archive-format.ts';
import type { ExportedEntities } from './exported-entities.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * Everything that lives, as JSON lines that say it in full. The oldest edit comes first, so that
 * importing records it in the order in which it was written. Lines are made when they are written. // EXP-7
 */
export function planArchive(
  entities: ExportedEntities,
  openFile: (file: FileValue) => AsyncIterable<Uint8Array>,
): readonly PlannedFile[] {
  const spaces = sortByEdit(entities.spaces().map(({ space }) => space));
  const files = sortByEdit(Array.from(entities.files()));
  const notes = sortByEdit(Array.from(entities.notes(), ({ id, editedAt }) => ({ id, editedAt })));
  const manifest: ArchiveManifest = {
    format: 'dataans-export',
    version: archiveVersion,
    spaces: spaces.length,
    files: files.length,
    notes: notes.length,
  };
  return [
    planFile(archivePaths.manifest, () => [utf8ToBytes(`${JSON.stringify(manifest, null, 2)}\n`)]),
    planFile(archivePaths.spaces, () => encodeLines(spaces, spaceToLine)),
    planFile(archivePaths.files, () => encodeLines(files, fileToLine)),
    planFile(archivePaths.notes, () => encodeLines(notes, ({ id }) => noteToLine(entities.read('note', id)))),
    ...files.map(({ id, value }) => ({
      path: [archivePaths.contents, id],
      file: value,
      pieces: () => openFile(value),
    })),
  ];
}

function planFile(name: string, pieces: () => Iterable<Uint8Array>): PlannedFile {
  return { path: [name], file: null, pieces };
}

const pieceCharacters = 65_536;

function* encodeLines<Item>(
  items: readonly Item[],
  toLine: (item: Item) => object | null,
): Generator<Uint8Array> {
  let held = '';
  for (const item of items) {
    held += `${JSON.stringify(toLine(item))}\n`;
    if (held.length < pieceCharacters) continue;
    yield utf8ToBytes(held);
    held = '';
  }
  if (held !== '') yield utf8ToBytes(held);
}

function spaceToLine({ id, value, createdAt, editedAt }: Entity<'space'>): SpaceLine {
  return { id, name: value.name, folder: value.folder, createdAt, editedAt };
}

function fileToLine({ id, value, createdAt, editedAt }: Entity<'file'>): FileLine {
  return { id, name: value.name, bytes: value.bytes, createdAt, editedAt };
}

function noteToLine(note: Entity<'note'> | null): NoteLine | null {
  if (note === null) return null;
  const { id, value, conflict, createdAt, editedAt } = note;
  const { space, name, text, files, pinned } = value;
  return { id, space, name, text, files, pinned, conflict, createdAt, editedAt };
}

interface Edited {
  readonly id: EntityId;
  readonly editedAt: number;
}

function sortByEdit<Item extends Edited>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((left, right) => left.editedAt - right.editedAt || (left.id < right.id ? -1 : 1));
}
