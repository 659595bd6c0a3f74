import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

const corpus = join(import.meta.dirname, '../../../shared/corpus/tldr-notes.tar.gz');

/** A folder of notes to import: the corpus where this machine has it, else a few that are made here. */
export async function unpackNotes(folder: string): Promise<string> {
  const isHere = await access(corpus).then(
    () => true,
    () => false,
  );
  if (!isHere) return makeNotes(join(folder, 'notes'));
  await promisify(execFile)('tar', ['-xzf', corpus, '-C', folder]);
  return join(folder, 'notes');
}

/** SHA-256 of every file below the folder, by its path. */
export async function hashFolder(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const hashes: [string, string][] = [];
  for (const entry of entries.filter((found) => found.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    hashes.push([relative(folder, path).replaceAll(sep, '/'), hash]);
  }
  return hashes;
}

async function makeNotes(folder: string): Promise<string> {
  for (const space of ['common', 'нотатки']) {
    await mkdir(join(folder, space), { recursive: true });
    for (let note = 0; note < 300; note += 1)
      await writeFile(join(folder, space, `note-${note}.md`), `# ${space} ${note}\n\nсмакота ${note}\n`);
  }
  await writeFile(join(folder, 'common', 'tar.md'), '# tar\n\n> Archiving utility.\n');
  await writeFile(join(folder, 'common', 'empty.md'), '');
  await writeFile(
    join(folder, 'common', 'picture.png'),
    Uint8Array.from({ length: 70_000 }, (_, i) => i & 0xff),
  );
  return folder;
}
