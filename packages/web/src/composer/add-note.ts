import type { Home } from '@dataans/client';
import type { EntityId } from '@dataans/core';

export interface TypedNote {
  readonly space: EntityId;
  readonly text: string;
  readonly files: readonly File[];
}

/** Records a note with its files, all or nothing. */
export async function addNote(home: Home, { space, text, files }: TypedNote): Promise<void> {
  const attach = files.map((file) => ({ name: file.name, content: file }));
  // Its draft ends in the same step: neither is the text lost, nor is it there twice.
  await home.notes.add({ space, text, attach }, { draft: { kind: 'space', id: space } });
}
