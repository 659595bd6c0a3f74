import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isProcessAlive } from '@dataans/client/node';

/** A text in the hands of an editor, in a file that only its owner can read. // CLI-11 */
export interface Draft {
  readonly path: string;
  read(): Promise<Buffer>;
  /** Somebody has written something that is nowhere else. `false` if the file is gone or says what it said. */
  isChanged(): Promise<boolean>;
  /** The text is safe elsewhere, or was never changed. */
  discard(): Promise<void>;
}

/** Says nothing about the note: every user of the machine sees the arguments of an editor. */
const fileName = 'note.md';

/** @param folder of drafts, below the home; made, for its owner only, by the caller */
export async function createDraft(folder: string, text: string): Promise<Draft> {
  const own = await mkdtemp(join(folder, `${process.pid}-`));
  const path = join(own, fileName);
  await writeFile(path, text, { mode: 0o600 });
  const before = Buffer.from(text);
  return {
    path,
    read: () => readFile(path),
    isChanged: () =>
      readFile(path).then(
        (now) => !now.equals(before),
        () => existsSync(path),
      ),
    async discard() {
      await rm(own, { recursive: true, force: true });
      await rmdir(folder).catch(() => undefined); // Others are in it.
    },
  };
}

/** Files of drafts that no running command holds: what was written in them was never recorded. */
export function listLeftDrafts(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !isProcessAlive(Number(name.split('-')[0])))
    .map((name) => join(folder, name, fileName))
    .filter((path) => existsSync(path));
}
