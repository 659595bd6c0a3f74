import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/** Puts a text in the place of a file: after a crash or a power cut the old or the new one is there, whole. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const halfWritten = `${path}.half`;
  const file = await open(halfWritten, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(halfWritten, path);
  await syncFolder(dirname(path));
}
