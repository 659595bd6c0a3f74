import { bytesToUtf8, concatBytes, limits, type EntityId } from '@dataans/core';
import type { Entities } from '../store/entities.ts';
import type { ImportDependencies } from './count-progress.ts';
import { SourceFault, type FolderSource, type SourceFile } from './folder-source.ts';
import { folderToSpaceId, isDerivedId, nameToNoteId } from './import-ids.ts';
import type { ImportRoot } from './import-root.ts';
import { isNoteName } from '../folder-format/whole-file.ts';

/** How much of a folder is what notes here were. */
export interface Evidence {
  /** Something that an import of this root makes is here. */
  readonly isKnown: boolean;
  /** Files that have a note here. */
  readonly compared: number;
  /** Those of them whose content is, or once was, the note's. */
  readonly equal: number;
}

/** Enough to tell one folder from another; each is read once more than the import reads it. */
const comparedMax = 200;
const listedMax = 2_000;

/** What the folder has in common with an import of that root. */
export async function compareRoot(
  { entities, primitives }: Pick<ImportDependencies, 'entities' | 'primitives'>,
  source: FolderSource,
  root: ImportRoot,
): Promise<Evidence> {
  let isKnown = false;
  let compared = 0;
  let equal = 0;
  for await (const { folder, file } of listFirst(source)) {
    const space = folderToSpaceId(primitives, root, folder);
    isKnown ||= entities.read('space', space) !== null;
    const note = nameToNoteId(primitives, space, file.name, 1);
    if (entities.read('note', note) === null) continue;
    isKnown = true;
    const isEqual = await hadContent(entities, [note], file);
    if (isEqual === null) continue;
    compared += 1;
    if (isEqual.length > 0) equal += 1;
    if (compared === comparedMax) break;
  }
  return { isKnown, compared, equal };
}

export interface ElsewhereEvidence extends Pick<Evidence, 'compared' | 'equal'> {
  /** For each folder the space that has most of its files. */
  readonly spaces: ReadonlyMap<string, EntityId>;
}

/** What the folder has in common with imports under other names, by folders and file names. */
export async function compareByFolder(
  { entities }: Pick<ImportDependencies, 'entities'>,
  source: FolderSource,
): Promise<ElsewhereEvidence> {
  const imported = entities
    .spaces()
    .map(({ space }) => space)
    .filter(({ id, deleted }) => !deleted && isDerivedId(id));
  const votes = new Map<string, Map<EntityId, number>>();
  let compared = 0;
  let equal = 0;
  for await (const { folder, file } of listFirst(source)) {
    const spaces = imported.filter(({ value }) => value.folder?.normalize('NFC') === folder);
    const notes = spaces.flatMap(({ id }) => entities.findNotesByName(id, file.name));
    if (notes.length === 0) continue;
    const equals = await hadContent(
      entities,
      notes.map(({ id }) => id),
      file,
    );
    if (equals === null) continue;
    compared += 1;
    if (equals.length > 0) equal += 1;
    const ofFolder = votes.get(folder) ?? new Map<EntityId, number>();
    votes.set(folder, ofFolder);
    for (const { id, value } of notes)
      if (equals.includes(id)) ofFolder.set(value.space, (ofFolder.get(value.space) ?? 0) + 1);
    if (compared === comparedMax) break;
  }
  return { compared, equal, spaces: mostVoted(votes) };
}

function mostVoted(votes: ReadonlyMap<string, ReadonlyMap<EntityId, number>>): ReadonlyMap<string, EntityId> {
  const winners = new Map<string, EntityId>();
  for (const [folder, ofFolder] of votes) {
    const [winner] = Array.from(ofFolder).toSorted(([, left], [, right]) => right - left);
    if (winner !== undefined) winners.set(folder, winner[0]);
  }
  return winners;
}

async function* listFirst(
  source: FolderSource,
): AsyncGenerator<{ readonly folder: string; readonly file: SourceFile }> {
  let listed = 0;
  for await (const { path, files } of source.folders())
    for (const file of files) {
      yield { folder: path.normalize('NFC'), file };
      listed += 1;
      if (listed === listedMax) return;
    }
}

/**
 * Which of the notes had the file's content in any revision; `null` if the file cannot be read. A file that is no
 * text counts as equal by its size: its content would have to be sealed to be compared.
 */
async function hadContent(
  entities: Pick<Entities, 'revisions'>,
  notes: readonly EntityId[],
  file: SourceFile,
): Promise<readonly EntityId[] | null> {
  const content = await readLooked(file);
  if (content === null) return null;
  return notes.filter((note) =>
    entities.revisions('note', note).some(({ operation: { value } }) => {
      if (content.text !== null) return value.text === content.text;
      return value.files.some((id) =>
        entities.revisions('file', id).some(({ operation }) => operation.value.bytes === content.bytes),
      );
    }),
  );
}

interface LookedContent {
  readonly bytes: number;
  /** `null` if it becomes no text of a note. */
  readonly text: string | null;
}

async function readLooked(file: SourceFile): Promise<LookedContent | null> {
  try {
    const content = await file.open();
    try {
      const { bytes } = content;
      if (!isNoteName(file.name) || bytes > limits.operationBytesMax) return { bytes, text: null };
      return { bytes, text: bytesToUtf8(concatBytes(...(await Array.fromAsync(content.pieces())))) };
    } finally {
      await content.close();
    }
  } catch (error) {
    if (error instanceof SourceFault) return null;
    throw error;
  }
}
