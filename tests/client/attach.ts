import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { attachFiles, type SealedFile } from '@dataans/client';
import { createNodePrimitives, type Home } from '@dataans/client/node';
import { addNotes } from './world.ts';

/** Attaches content to the first note of a home, which is made if need be. */
export async function attach(home: Home, name: string, content: Buffer): Promise<SealedFile> {
  const files = await home.files();
  const sealed = await files.seal({
    bytes: content.length,
    async *pieces() {
      yield content;
    },
  });
  if (home.store.entities.count().notes === 0) await addNotes(home, 1);
  const [note] = [...home.store.entities.notes()];
  assert.ok(note !== undefined);
  const primitives = createNodePrimitives();
  await attachFiles({ entities: home.store.entities, notebook: await home.notebook(), primitives }, note.id, [
    { name, content: sealed },
  ]);
  return sealed;
}

export function attachRandomFile(home: Home, bytes: number): Promise<SealedFile> {
  return attach(home, 'film', randomBytes(bytes));
}
