import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes, type EntityId, type FileValue } from '@dataans/core';
import type { Entity } from '../store/entities.ts';
import { archivePaths, archiveVersion } from '../folder-format/archive-format.ts';
import type { ArchiveProof, ProvenManifest } from './archive-proof.ts';
import { valueToLine } from './archive-value.ts';
import type { ExportedEntities } from './exported-entities.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * Everything that lives, as JSON lines that say it in full. The oldest edit comes first, so that
 * importing records it in the order in which it was written. Lines are made when they are written; the manifest,
 * which is about them, comes last. // EXP-7, EXP-9
 */
export function planArchive(
  entities: ExportedEntities,
  openFile: (file: FileValue) => AsyncIterable<Uint8Array>,
  proof: Pick<ArchiveProof, 'make'>,
): readonly PlannedFile[] {
  const spaces = sortByEdit(entities.spaces().map(({ space }) => space));
  const files = sortByEdit(Array.from(entities.files()));
  const notes = sortByEdit(Array.from(entities.notes(), ({ id, editedAt }) => ({ id, editedAt })));
  const counts = { spaces: spaces.length, files: files.length, notes: notes.length };
  const lines = {
    spaces: hashWritten(() => encodeLines(spaces, spaceToLine)),
    files: hashWritten(() => encodeLines(files, fileToLine)),
    notes: hashWritten(() => encodeLines(notes, ({ id }) => noteToLine(entities.read('note', id)))),
  };
  const manifest = (): ProvenManifest => ({
    format: 'dataans-export',
    version: archiveVersion,
    ...counts,
    hashes: { spaces: lines.spaces.hash(), files: lines.files.hash(), notes: lines.notes.hash() },
  });
  return [
    planFile(archivePaths.spaces, lines.spaces.pieces),
    planFile(archivePaths.files, lines.files.pieces),
    planFile(archivePaths.notes, lines.notes.pieces),
    ...files.map(({ id, value }) => ({
      path: [archivePaths.contents, id],
      file: value,
      pieces: () => openFile(value),
    })),
    planFile(archivePaths.manifest, () => encodeManifest(manifest(), proof)),
  ];
}

async function* encodeManifest(
  manifest: ProvenManifest,
  proof: Pick<ArchiveProof, 'make'>,
): AsyncGenerator<Uint8Array> {
  const proven = { ...manifest, proof: await proof.make(manifest) };
  yield utf8ToBytes(`${JSON.stringify(proven, null, 2)}\n`);
}

interface HashedLines {
  pieces(): Iterable<Uint8Array>;
  /** Of what was written: to be asked for when all was. */
  hash(): string;
}

function hashWritten(lines: () => Iterable<Uint8Array>): HashedLines {
  const hashing = sha256.create();
  return {
    *pieces() {
      for (const piece of lines()) {
        hashing.update(piece);
        yield piece;
      }
    },
    hash: () => bytesToHex(hashing.digest()),
  };
}

function planFile(name: string, pieces: PlannedFile['pieces']): PlannedFile {
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

function spaceToLine({ id, value, createdAt, editedAt }: Entity<'space'>): object {
  return { id, ...valueToLine('space', value), createdAt, editedAt };
}

/** Without its chunks: they are of this account. */
function fileToLine({ id, value, createdAt, editedAt }: Entity<'file'>): object {
  return { id, ...valueToLine('file', value), chunks: undefined, createdAt, editedAt };
}

function noteToLine(note: Entity<'note'> | null): object | null {
  if (note === null) return null;
  const { id, value, conflict, createdAt, editedAt } = note;
  return { id, ...valueToLine('note', value), conflict, createdAt, editedAt };
}

interface Edited {
  readonly id: EntityId;
  readonly editedAt: number;
}

function sortByEdit<Item extends Edited>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((left, right) => left.editedAt - right.editedAt || (left.id < right.id ? -1 : 1));
}
