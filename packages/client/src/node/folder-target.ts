import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { DataansError } from '@dataans/core';
import type { FolderTarget } from '../export/folder-target.ts';
import type { PathRules } from '../export/path-rules.ts';
import { runParallel } from '../parallel/run-parallel.ts';
import { describeFault, explainFileFault, faultCode } from './file-faults.ts';
import { syncFile, syncFolder } from './write-file.ts';

/**
 * A new or empty folder on disk. What is written goes to `<directory>.partial-…` beside it, which takes
 * the name when everything is on disk: an export that was interrupted is never taken for a whole one.
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
      advice: 'Name another folder to export to.',
    });
  if (place === process.cwd())
    throw new DataansError('invalid', `${directory} is the folder that this command runs in.`, {
      advice: 'Name a new folder: an export takes the place of an empty one.',
    });
  await checkUnused(place, directory);
  const leftovers = await findLeftovers(place);
  const partial = await makePartial(place);
  try {
    return createTarget(place, partial, await probeRules(partial), leftovers);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw explainFileFault(error, partial);
  }
}

/** Syncing each file as it is written would wait for the disk thousands of times: many at the end share a wait. */
const syncsAtOnce = 16;

function createTarget(
  place: string,
  partial: string,
  rules: PathRules,
  leftovers: readonly string[],
): FolderTarget {
  const madeFolders = new Map<string, Promise<unknown>>([[partial, Promise.resolve()]]);
  const makeFolder = (folder: string): Promise<unknown> => {
    const made = madeFolders.get(folder) ?? mkdir(folder, { recursive: true });
    madeFolders.set(folder, made);
    return made;
  };
  const written: string[] = [];
  let discardable = true;
  return {
    rules,
    leftovers,
    write: async (path, pieces) => {
      const file = join(partial, ...path);
      try {
        await makeFolder(dirname(file));
        written.push(file);
        await writeNew(file, pieces);
      } catch (error) {
        throw error instanceof DataansError ? error : explainFileFault(error, file);
      }
    },
    finish: async () => {
      try {
        await runParallel(written, syncsAtOnce, syncFile);
        await runParallel(foldersAbove(madeFolders.keys(), partial), syncsAtOnce, syncFolder);
        await takePlace(partial, place);
        discardable = false;
        await syncFolder(dirname(place));
      } catch (error) {
        throw explainFileFault(error, place);
      }
    },
    discard: async () => {
      if (discardable) await rm(partial, { recursive: true, force: true });
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
      advice: 'Name a new folder to export to.',
    });
  });
  if (entries.length > 0)
    throw new DataansError('invalid', `${directory} is not empty.`, {
      advice: 'Name a new or empty folder: an export never replaces or mixes with what is there.',
    });
}

/** What `mkdtemp` puts behind a name. */
const partialSuffixCharacters = 6;

async function makePartial(place: string): Promise<string> {
  try {
    return await mkdtemp(`${place}.partial-`);
  } catch (error) {
    if (faultCode(error) === 'ENOSPC') throw explainFileFault(error, place);
    throw new DataansError('storage-unusable', `${place} cannot be made: ${describeFault(error)}.`, {
      advice: 'Name a folder in a place where you can write.',
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

async function writeNew(
  path: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, 'wx', 0o666);
  try {
    for await (const piece of pieces) await file.writeFile(piece);
  } finally {
    await file.close();
  }
}

/** Every folder between these and the partial one, itself included. */
function foldersAbove(folders: Iterable<string>, partial: string): ReadonlySet<string> {
  const found = new Set([partial]);
  for (let folder of folders) {
    for (; !found.has(folder); folder = dirname(folder)) found.add(folder);
  }
  return found;
}

async function takePlace(partial: string, place: string): Promise<void> {
  await rmdir(place).catch((error: unknown) => {
    if (faultCode(error) !== 'ENOENT') throw error;
  });
  await rename(partial, place);
}

/** Longest path that most systems take, the final zero left out; Windows takes far longer ones from Node. */
const systemPathBytesMax = 4_095;

async function probeRules(partial: string): Promise<PathRules> {
  return {
    names: process.platform === 'win32' ? 'windows' : 'posix',
    foldsCase: await isOneFile(partial, 'case', 'CASE'),
    foldsNormalization: await isOneFile(partial, '\u0439', '\u0438\u0306'),
    pathBytesMax: systemPathBytesMax - Buffer.byteLength(partial) - 1,
  };
}

/** Whether the file system finds under one name what was written under another. */
async function isOneFile(folder: string, written: string, asked: string): Promise<boolean> {
  await writeFile(join(folder, written), '');
  const found = await stat(join(folder, asked)).then(
    () => true,
    () => false,
  );
  await rm(join(folder, written));
  return found;
}
