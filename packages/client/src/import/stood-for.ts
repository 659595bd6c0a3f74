import type { EntityId, NoteValue, Primitives } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import { noteToFileId } from './import-ids.ts';
import type { ReadEntry } from './read-entry.ts';
import { findWholeFile, isNoteName } from '../folder-format/whole-file.ts';

/**
 * Whether a revision of the note stood for this very content: the file has not changed since, and what
 * became of the note in the meantime is newer. Reads them all: ask only where the note is something else now. // IMP-11
 */
export function stoodFor(
  entities: Pick<Entities, 'read' | 'revisions'>,
  primitives: Pick<Primitives, 'hash'>,
  note: EntityId,
  content: ReadEntry['content'],
): boolean {
  const importedFile = noteToFileId(primitives, note);
  return entities.revisions('note', note).some(({ operation: { value } }) => {
    const file = findFile(entities, value, importedFile);
    if (content.kind === 'text') return file === null && value.text === content.text;
    return file !== null && hadContent(entities, file, content.sealed);
  });
}

/** The file that a note of this value stands for, also where the note was renamed. */
function findFile(
  entities: Pick<Entities, 'read'>,
  value: NoteValue,
  importedFile: EntityId,
): EntityId | null {
  const wholeFile = findWholeFile(entities, value);
  if (wholeFile !== null) return wholeFile.id;
  const isText = value.text !== '' && isNoteName(value.name);
  return !isText && value.files.includes(importedFile) ? importedFile : null;
}

function hadContent(
  entities: Pick<Entities, 'revisions'>,
  file: EntityId,
  { bytes, chunks }: { readonly bytes: number; readonly chunks: string },
): boolean {
  return entities
    .revisions('file', file)
    .some(({ operation: { value } }) => value.bytes === bytes && value.chunks === chunks);
}
