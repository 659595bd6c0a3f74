import { realpath, readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { bytesToUtf8, DataansError } from '@dataans/core';
import type {
  FolderSource,
  SkippedPath,
  SkipReason,
  SourceFile,
  SourceFolder,
} from '../import/folder-source.ts';
import { describeFault, faultCode } from './file-faults.ts';
import { openContent } from './read-content.ts';

/**
 * A folder on disk, with everything at any depth. Links are followed to files inside the folder only. // IMP-8
 *
 * @param home where this device keeps its data: never imported
 * @throws DataansError `not-found`, `invalid` for a home or what is no folder, `storage-unusable`
 */
export async function openFolderSource(directory: string, home: string): Promise<FolderSource> {
  const root = await findFolder(directory);
  const realHome = await realpath(home).catch(() => resolve(home));
  if (isWithin(root, realHome))
    throw new DataansError('invalid', `${directory} is where Dataans keeps its own data.`, {
      advice: 'Choose the folder with your notes.',
    });
  return {
    name: basename(root) || root,
    place: await findPlace(root),
    folders: () => walkFolder(root, '', { root, realHome }),
    openFile: async (path) => {
      const target = await realpath(join(root, path)).catch(() => null);
      if (target === null || !isWithin(target, root)) return null;
      return (await stat(target)).isFile() ? openContent(target) : null;
    },
  };
}

interface Bounds {
  readonly root: string;
  readonly realHome: string;
}

/** Its path, and what it is itself: several disks are mounted at one path, one after another. */
async function findPlace(root: string): Promise<string> {
  const { ino, birthtimeMs } = await stat(root);
  return `${root} ${ino} ${birthtimeMs}`;
}

async function findFolder(directory: string): Promise<string> {
  try {
    const root = await realpath(directory);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    if (faultCode(error) === 'ENOENT')
      throw new DataansError('not-found', `There's no folder ${directory}.`, { cause: error });
    throw new DataansError('storage-unusable', `Can't read ${directory}: ${describeFault(error)}.`, {
      cause: error,
    });
  }
  throw new DataansError('invalid', `${directory} isn't a folder.`, {
    advice: 'Choose the folder with your notes.',
  });
}

async function* walkFolder(directory: string, path: string, bounds: Bounds): AsyncGenerator<SourceFolder> {
  const files: SourceFile[] = [];
  const skipped: SkippedPath[] = [];
  const below: string[] = [];
  for (const entry of await listEntries(directory, path, skipped)) {
    const name = bytesToUtf8(entry.name);
    if (name === null) {
      skipped.push(skip(joinPath(path, showBytes(entry.name)), 'name-not-text'));
      continue;
    }
    const kind = await classify(entry, join(directory, name), bounds);
    if (kind === 'folder') below.push(name);
    else if (typeof kind === 'object') files.push({ name, open: () => openContent(kind.file) });
    else skipped.push(skip(joinPath(path, name), kind));
  }
  yield { path, files, skipped };
  for (const name of below) yield* walkFolder(join(directory, name), joinPath(path, name), bounds);
}

/** In the order of their bytes: the same wherever the folder lies. */
async function listEntries(
  directory: string,
  path: string,
  skipped: SkippedPath[],
): Promise<readonly Dirent<Buffer>[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true, encoding: 'buffer' });
    return entries.toSorted((left, right) => Buffer.compare(left.name, right.name));
  } catch (error) {
    const message = `It can't be read: ${describeFault(error)}.`;
    skipped.push({ path: path || '.', reason: 'unreadable', message });
    return [];
  }
}

async function classify(
  entry: Dirent<Buffer>,
  path: string,
  bounds: Bounds,
): Promise<{ readonly file: string } | 'folder' | Obstacle> {
  if (entry.isFile()) return { file: path };
  if (entry.isDirectory()) return path === bounds.realHome ? 'own-home' : 'folder';
  return entry.isSymbolicLink() ? followLink(path, bounds) : 'not-a-file';
}

async function followLink(
  path: string,
  { root, realHome }: Bounds,
): Promise<{ readonly file: string } | Obstacle> {
  try {
    const target = await realpath(path);
    const found = await stat(target);
    if (!isWithin(target, root)) return 'link-leaves-folder';
    if (isWithin(target, realHome)) return 'own-home';
    if (found.isDirectory()) return 'link-to-folder';
    return found.isFile() ? { file: target } : 'not-a-file';
  } catch (error) {
    return faultCode(error) === 'EACCES' ? 'unreadable' : 'link-broken';
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** What is not ASCII as `\xff`. */
function showBytes(name: Uint8Array): string {
  return Array.from(name, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}

/** Why this device's disk gives no content to import. */
type Obstacle = Exclude<SkipReason, 'changed' | 'too-large' | 'damaged'>;

function skip(path: string, reason: Obstacle): SkippedPath {
  return { path, reason, message: messages[reason] };
}

const messages: Readonly<Record<Obstacle, string>> = {
  unreadable: "It can't be read: permission is denied.",
  'name-not-text': "Its name isn't UTF-8. Rename it, then import again.",
  'link-broken': 'It is a broken link.',
  'link-leaves-folder': 'It links to something outside the folder.',
  'link-to-folder': 'It is a link to a folder.',
  'not-a-file': 'It is a socket, a pipe or a device.',
  'own-home': 'Dataans keeps its own data there.',
};
