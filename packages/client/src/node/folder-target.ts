import { mkdir, mkdtemp, readdir, realpath, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { DataansError } from '@dataans/core';
import type { FolderTarget } from '../export/folder-target.ts';
import type { PathRules } from '../folder-format/path-rules.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { describeFault, explainFileFault, faultCode, isNoSpace } from './file-faults.ts';
import { probePathRules } from './probe-path-rules.ts';
import { renameFile } from './rename-file.ts';
import { syncFile, syncFolder } from './write-file.ts';
import { createWrittenPaths } from './written-paths.ts';

/**
 * A new or empty folder on disk. What is written goes to `<directory>.partial-…` beside it, which takes
 * the name when everything is on disk: an export that was interrupted is never taken for a whole one. A folder
 * that cannot be taken away, a mount point say, is filled from such a folder inside of it.
 * Only its owner can read it. // EXP-6
 *
 * @param home where this device keeps its data: nothing is exported into it
 * @throws DataansError `invalid` where the folder is in use or in the home, `storage-full`, `storage-unusable`
 */
export async function openFolderTarget(directory: string, home: string): Promise<FolderTarget> {
  const place = await findPlace(directory);
  const realHome = await realpath(home).catch(() => resolve(home));
  if (place === realHome || place.startsWith(realHome + sep))
    throw new DataansError('invalid', `${directory} is where Dataans keeps its own data.`, {
      advice: 'Choose another folder for the export.',
    });
  if (place === process.cwd())
    throw new DataansError('invalid', `${directory} is the folder you are in.`, {
      advice: 'Choose a new folder for the export.',
    });
  await checkUnused(place, directory);
  const leftovers = await findLeftovers(place);
  const cleared = await clearPlace(place);
  const partial = await makePartial(cleared);
  try {
    return createTarget(cleared, partial, await probePathRules(partial), leftovers);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw explainFileFault(error, partial);
  }
}

/** Syncing each file as it is written would wait for the disk thousands of times: many at the end share a wait. */
const syncsAtOnce = 16;

function createTarget(
  place: Place,
  partial: string,
  rules: PathRules,
  leftovers: readonly string[],
): FolderTarget {
  const paths = createWrittenPaths(partial);
  let discardable = true;
  return {
    rules,
    leftovers,
    renamed: paths.renamed,
    write: async (path, pieces) => {
      try {
        await writePieces(await paths.open(path), pieces);
      } catch (error) {
        throw error instanceof DataansError ? error : explainFileFault(error, join(partial, ...path));
      }
    },
    finish: async () => {
      try {
        await runParallel(paths.files, syncsAtOnce, syncFile);
        await runParallel(paths.folders(), syncsAtOnce, syncFolder);
        discardable = false;
        await takePlace(partial, place);
      } catch (error) {
        discardable = true;
        throw error instanceof DataansError ? error : explainFileFault(error, place.path);
      }
    },
    discard: async () => {
      if (!discardable) return;
      await rm(partial, { recursive: true, force: true });
      if (place.kind === 'emptied') await mkdir(place.path, { recursive: true });
    },
  };
}

/** The real path that the target has or will have. */
async function findPlace(directory: string): Promise<string> {
  const place = resolve(directory);
  try {
    return await realpath(place);
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw explainFileFault(error, directory);
  }
  try {
    return join(await realpath(dirname(place)), basename(place));
  } catch (error) {
    throw explainFileFault(error, dirname(place));
  }
}

async function checkUnused(place: string, directory: string): Promise<void> {
  const entries = await readdir(place).catch((error: unknown) => {
    if (faultCode(error) === 'ENOENT') return [];
    if (faultCode(error) !== 'ENOTDIR') throw explainFileFault(error, directory);
    throw new DataansError('invalid', `${directory} is a file.`, {
      advice: 'Choose a new folder for the export.',
    });
  });
  if (entries.length > 0)
    throw new DataansError('invalid', `${directory} isn't empty.`, {
      advice: 'Choose a new or empty folder. An export never overwrites or adds to existing files.',
    });
}

/** How the export comes under its name. */
interface Place {
  readonly path: string;
  /**
   * `new`: nothing has the name; `emptied`: an empty folder did, and was taken away; `kept`: one does that
   * cannot be taken away, since something is mounted there or the folder above belongs to someone else.
   */
  readonly kind: 'new' | 'emptied' | 'kept';
}

async function clearPlace(path: string): Promise<Place> {
  try {
    await rmdir(path);
    return { path, kind: 'emptied' };
  } catch (error) {
    return { path, kind: faultCode(error) === 'ENOENT' ? 'new' : 'kept' };
  }
}

/** What `mkdtemp` puts behind a name. */
const partialSuffixCharacters = 6;

/** Beside the place; inside of one that is kept. */
async function makePartial({ path, kind }: Place): Promise<string> {
  try {
    return await mkdtemp(kind === 'kept' ? join(path, '.partial-') : `${path}.partial-`);
  } catch (error) {
    if (isNoSpace(error)) throw explainFileFault(error, path);
    throw new DataansError('storage-unusable', `Can't create ${path}: ${describeFault(error)}.`, {
      advice: 'Choose a folder in a place where you can write.',
      cause: error,
    });
  }
}

/** Where exports to the same place write that were killed, or are still at it: nobody can tell which. */
async function findLeftovers(place: string): Promise<readonly string[]> {
  const parent = dirname(place);
  const prefix = `${basename(place)}.partial-`;
  const names = await readdir(parent).catch((): readonly string[] => []);
  return names
    .filter((name) => name.startsWith(prefix) && name.length === prefix.length + partialSuffixCharacters)
    .map((name) => join(parent, name))
    .toSorted();
}

async function writePieces(
  file: FileHandle,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const piece of pieces) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

async function takePlace(partial: string, { path, kind }: Place): Promise<void> {
  if (kind !== 'kept') {
    await renameFile(partial, path);
    return syncFolder(dirname(path));
  }
  await moveUp(partial, path);
}

/** One after another: until the last is there, the folder that they come from says that this is unfinished. */
async function moveUp(partial: string, path: string): Promise<void> {
  if ((await readdir(path)).length > 1)
    throw new DataansError('invalid', `${path} is no longer empty.`, {
      advice: 'Choose a new or empty folder, then export again. Nothing was written.',
    });
  const moved: string[] = [];
  try {
    for (const name of await readdir(partial)) {
      await renameFile(join(partial, name), join(path, name));
      moved.push(name);
    }
  } catch (error) {
    for (const name of moved) await renameFile(join(path, name), join(partial, name));
    throw error;
  }
  await syncFolder(path);
  await rmdir(partial);
}
