import type { EntityId, EntityKind, Primitives } from '@dataans/core';
import { safeName } from '../export/safe-name.ts';
import type { Entities, Entity } from '../store/entities.ts';
import { folderToSpaceId, isDerivedId, nameToNoteId } from './import-ids.ts';
import type { ImportRoot } from './import-root.ts';

/** The entity that something imported stands for; `null` where it is yet to be made, under that id. */
export interface Match<Kind extends EntityKind> {
  readonly id: EntityId;
  readonly entity: Entity<Kind> | null;
}

/**
 * The space of a folder: the one that an import of this root made of it, else a living one that was made by hand
 * for that folder, else one that an export would write there, else the deleted one or none. // IMP-6
 */
export function matchSpace(
  entities: Pick<Entities, 'read'>,
  primitives: Pick<Primitives, 'hash'>,
  living: readonly Entity<'space'>[],
  givenFolder: string,
  root: ImportRoot,
): Match<'space'> {
  const folder = givenFolder.normalize('NFC');
  const id = root.spaces.get(folder) ?? folderToSpaceId(primitives, root, folder);
  const entity = entities.read('space', id);
  if (entity !== null && !entity.deleted) return { id, entity };
  const byHand = living.filter((space) => !isDerivedId(space.id));
  const twin =
    findFirst(
      byHand,
      ({ value }) =>
        value.folder?.normalize('NFC') === folder &&
        (folder !== '' || value.name.normalize('NFC') === root.name),
    ) ??
    findFirst(
      byHand,
      ({ value }) => value.folder === null && safeName(value.name, 'posix').normalize('NFC') === folder,
    );
  return twin === null ? { id, entity } : { id: twin.id, entity: twin };
}

/** What the notes of earlier files of this import are, and which names its folder has. */
export interface NoteMatching {
  readonly isClaimed: (note: EntityId) => boolean;
  /** Names of all files in the folder that is imported, in NFC. */
  readonly names: ReadonlySet<string>;
}

/**
 * The note of a file: a living one of that name in the space, else the one that an import made of it,
 * under whatever name it lives now, unless another file of the folder has that name. // IMP-5
 */
export function matchNote(
  entities: Pick<Entities, 'read' | 'findNotesByName'>,
  primitives: Pick<Primitives, 'hash'>,
  space: Match<'space'>,
  name: string,
  { isClaimed, names }: NoteMatching,
): Match<'note'> {
  const named = space.entity === null ? [] : entities.findNotesByName(space.id, name);
  const living =
    findFirst(named, ({ id, value }) => value.name === name && !isClaimed(id)) ??
    findFirst(named, ({ id }) => !isClaimed(id));
  if (living !== null) return { id: living.id, entity: living };
  for (let copy = 1; ; copy += 1) {
    const id = nameToNoteId(primitives, space.id, name, copy);
    const entity = entities.read('note', id);
    const hasOtherFile =
      entity !== null &&
      !entity.deleted &&
      entity.value.space === space.id &&
      entity.value.name.normalize('NFC') !== name.normalize('NFC') &&
      names.has(entity.value.name.normalize('NFC'));
    if (!isClaimed(id) && !hasOtherFile) return { id, entity };
  }
}

/** The one that was made first. */
function findFirst<Kind extends EntityKind>(
  entities: readonly Entity<Kind>[],
  fits: (entity: Entity<Kind>) => boolean,
): Entity<Kind> | null {
  let first: Entity<Kind> | null = null;
  for (const entity of entities) {
    if (!fits(entity)) continue;
    if (
      first === null ||
      entity.createdAt < first.createdAt ||
      (entity.createdAt === first.createdAt && entity.id < first.id)
    )
      first = entity;
  }
  return first;
}
