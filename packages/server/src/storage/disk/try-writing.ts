import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A block of most file systems: a smaller file may find room where no other does. */
const triedBytes = Buffer.alloc(4_096);

/** Writes a small file to the disk and takes it away again. Rejects as the system does if that cannot be. */
export async function tryWriting(folder: string): Promise<void> {
  const path = join(folder, `try-${randomBytes(8).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(triedBytes);
    await file.datasync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
