import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { sealAttachments } from '../../packages/client/src/files/seal-attachments.ts';
import type { SealedFile } from '../../packages/client/src/files/files.ts';
import { createNodePrimitives } from '../../packages/client/src/node/primitives.ts';
import { addNotes } from './world.ts';
import type { TestHome } from '../../packages/client/src/testing/test-home.ts';

/** Attaches content to the first note of a home, which is made if need be. */
export async function attach(home: TestHome, name: string, content: Buffer): Promise<SealedFile> {
  const dependencies = { files: await home.files(), primitives: createNodePrimitives() };
  const [file, ...others] = await sealAttachments(dependencies, [{ name, content }]);
  assert.ok(file !== undefined && others.length === 0);
  if (home.store.entities.count().notes === 0) await addNotes(home, 1);
  const [note] = [...home.store.entities.notes()];
  assert.ok(note !== undefined);
  await (await home.notebook()).editNote(note, { attach: [file] });
  return file.value;
}

export function attachRandomFile(home: TestHome, bytes: number): Promise<SealedFile> {
  return attach(home, 'film', randomBytes(bytes));
}
