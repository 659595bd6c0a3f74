import { DataansError, randomBytesToUuid, type EntityId, type Primitives } from '@dataans/core';
import type { Notebook } from '../notebook/notebook.ts';
import type { Entities } from '../store/entities.ts';
import type { SealedFile } from './files.ts';

/** Content that was sealed, with the name that it goes by. */
export interface Attachment {
  readonly name: string;
  readonly content: SealedFile;
}

/**
 * Adds the files to a note: the files and the note that holds them are recorded together.
 *
 * @returns the ids of the files, in the same order
 * @throws DataansError `not-found` where there is no such note
 */
export async function attachFiles(
  dependencies: {
    readonly entities: Pick<Entities, 'read'>;
    readonly notebook: Pick<Notebook, 'record'>;
    readonly primitives: Pick<Primitives, 'randomBytes'>;
  },
  noteId: EntityId,
  attachments: readonly Attachment[],
): Promise<readonly EntityId[]> {
  const { entities, notebook, primitives } = dependencies;
  const files = attachments.map(({ name, content }) => ({
    id: randomBytesToUuid<EntityId>(primitives.randomBytes(16)),
    value: { name, ...content },
  }));
  await notebook.record(() => {
    const note = entities.read('note', noteId);
    if (note === null || note.deleted) throw new DataansError('not-found', 'The note is not there any more.');
    const ids = files.map(({ id }) => id);
    return [
      ...files.map(({ id, value }) => ({ entity: 'file', id, parents: [], deleted: false, value }) as const),
      {
        entity: 'note',
        id: note.id,
        parents: note.heads,
        deleted: false,
        value: { ...note.value, files: [...note.value.files, ...ids] },
      },
    ];
  });
  return files.map(({ id }) => id);
}
