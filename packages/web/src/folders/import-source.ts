import type { ChosenFile, ImportSource } from '@dataans/client';

/** A folder that was chosen: its files, each with its path. `null` if there is nothing in it. */
export function sourceOfFolder(chosen: readonly File[]): ImportSource | null {
  const [name = ''] = chosen[0]?.webkitRelativePath.split('/') ?? [];
  if (name === '') return null;
  const files = chosen.map((content) => ({
    path: content.webkitRelativePath.slice(name.length + 1),
    content,
  }));
  return { kind: 'files', name, files };
}

export function sourceOfArchive(archive: File): ImportSource {
  return { kind: 'zip', name: archive.name.replace(/\.zip$/i, ''), archive };
}

/**
 * The one folder, or the one zip archive, that was dropped; `null` if it was something else. To be called before anything is
 * waited for: browsers forget what was dropped.
 */
export async function sourceOfDropped(dropped: DataTransfer): Promise<ImportSource | null> {
  const [entry, ...more] = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entry === undefined || more.length > 0) return null;
  if (isFolder(entry)) return { kind: 'files', name: entry.name, files: await listFolder(entry, '') };
  const file = await readFile(entry);
  return file.name.toLowerCase().endsWith('.zip') ? sourceOfArchive(file) : null;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

async function listFolder(folder: FileSystemDirectoryEntry, path: string): Promise<readonly ChosenFile[]> {
  const files: ChosenFile[] = [];
  for (const entry of await readEntries(folder)) {
    if (isFolder(entry)) files.push(...(await listFolder(entry, `${path}${entry.name}/`)));
    else files.push({ path: path + entry.name, content: await readFile(entry) });
  }
  return files;
}

/** A browser gives a hundred at a time, and none when that was all. */
async function readEntries(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

function readFile(entry: FileSystemEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    // What is no folder is a file.
    (entry as FileSystemFileEntry).file(resolve, reject);
  });
}
