import { DataansError } from '@dataans/core';
import {
  BlobReader,
  configure,
  ERR_OVERLAPPING_ENTRY,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { archivePaths } from '../folder-format/archive-format.ts';
import { SourceFault, type FolderSource, type SourceContent } from './folder-source.ts';
import { createListedSource, requirePath } from './listed-source.ts';

configure({ useWebWorkers: false });

/** More entries than this, and their names alone would fill the memory of a phone. */
const entriesMax = 500_000;
/** Notes shrink to a fifth or a tenth; an archive of a hundredth was made to fill disks. // IMP-14 */
const growthMax = 100;
const growthFreeBytes = 10_000_000;

/**
 * A zip archive as the folder that was packed. Its contents stay where they are until they are read, piece by piece. // IMP-14
 *
 * @param name what the folder is called: the archive's name without its ending
 * @throws DataansError `invalid` if it is no archive, or one that no folder on a disk could have become
 */
export async function openZipSource(name: string, archive: Blob): Promise<FolderSource> {
  const openByPath = new Map<string, () => Promise<SourceContent>>();
  let bytes = 0;
  for (const entry of await listFiles(archive)) {
    requireName(entry);
    if (openByPath.has(entry.filename)) throw refuse(`Two of its files are called ${entry.filename}.`);
    bytes += entry.uncompressedSize;
    if (bytes > growthFreeBytes + growthMax * archive.size)
      throw refuse(`Unpacked, it would be more than ${growthMax} times as large.`);
    openByPath.set(entry.filename, async () => openEntry(entry));
  }
  const folder = findPackedFolder(name, openByPath);
  if (folder === null) return createListedSource(name, openByPath);
  const inside = new Map(
    Array.from(openByPath, ([path, open]) => [path.slice(folder.length + 1), open] as const),
  );
  return createListedSource(folder, inside);
}

async function listFiles(archive: Blob): Promise<readonly FileEntry[]> {
  const files: FileEntry[] = [];
  try {
    // A name that leads out of the folder is a fault that `requireName` tells.
    const reader = new ZipReader(new BlobReader(archive), { filenameValidation: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory || isOfMacOs(entry.filename)) continue;
      if (files.push(entry) > entriesMax) throw refuse(`It has more than ${entriesMax} files.`);
    }
  } catch (cause) {
    if (cause instanceof DataansError) throw cause;
    throw new DataansError('invalid', 'This is not a zip archive, or it is damaged.', {
      advice: 'Get the file again, or unpack it and choose the folder.',
      cause,
    });
  }
  return files;
}

/** What the Finder packs beside each file: nothing that a person wrote. */
function isOfMacOs(path: string): boolean {
  return path.startsWith('__MACOSX/');
}

function requireName({ filename }: FileEntry): void {
  try {
    requirePath(filename);
  } catch {
    throw refuse(`It has a file called “${filename}”, which would lie outside of the folder.`);
  }
}

function refuse(what: string): DataansError {
  return new DataansError('invalid', `This archive can't be trusted. ${what}`, {
    advice: 'Unpack it with another program, look at what is in it, and choose the folder.',
  });
}

/**
 * The folder that was packed as a whole, as the desktops do: all lies in it, and it is called like the archive or
 * holds a JSON export.
 */
function findPackedFolder(name: string, paths: ReadonlyMap<string, unknown>): string | null {
  const [first = ''] = paths.keys();
  const end = first.indexOf('/');
  if (end < 0) return null;
  const folder = first.slice(0, end);
  for (const path of paths.keys()) if (!path.startsWith(`${folder}/`)) return null;
  return folder === name || paths.has(`${folder}/${archivePaths.manifest}`) ? folder : null;
}

function openEntry(entry: FileEntry): SourceContent {
  if (entry.encrypted) throw new SourceFault('unreadable', 'It is encrypted in the archive.');
  if (entry.symlink) throw new SourceFault('not-a-file', 'It is a link in the archive.');
  return {
    bytes: entry.uncompressedSize,
    pieces: () => readEntry(entry),
    close: () => Promise.resolve(),
  };
}

/** Never more than the archive says, whatever comes out of it. */
async function* readEntry(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const stopping = new AbortController();
  const reading = entry.getData(writable, {
    checkCrc32: true,
    checkOverlappingEntry: true,
    signal: stopping.signal,
  });
  reading.catch(() => undefined); // Thrown where it is waited for.
  let left = entry.uncompressedSize;
  try {
    for await (const piece of readable) {
      left -= piece.length;
      if (left < 0) throw new SourceFault('damaged', 'It holds more than the archive says.');
      yield piece;
    }
    await reading;
  } catch (error) {
    throw error instanceof SourceFault ? error : explain(error);
  } finally {
    stopping.abort();
  }
  if (left > 0) throw new SourceFault('damaged', 'It holds less than the archive says.');
}

function explain(cause: unknown): SourceFault {
  const isOverlap = cause instanceof Error && cause.message === ERR_OVERLAPPING_ENTRY;
  const message = isOverlap
    ? 'It shares its bytes with another file of the archive.'
    : 'It is damaged in the archive.';
  return new SourceFault('damaged', message, { cause });
}
