import { DataansError } from '@dataans/core';
import type { ArchivePlace } from '../export/archive-place.ts';
import type { PathRules } from '../folder-format/path-rules.ts';
import { exportsFolderName } from './exports-folder.ts';
import { explainOpfsFault, isMissing } from './opfs-faults.ts';

const ownName = 'export.zip';

/**
 * The file that an archive is written to: one that a person has chosen, or one among what this home keeps, which the next
 * export takes away, and an erase.
 *
 * @param home the folder of the home in the origin's private file system
 * @throws DataansError `storage-full`, `storage-unusable`
 */
export async function openArchiveFile(
  home: FileSystemDirectoryHandle,
  chosen: FileSystemFileHandle | null,
): Promise<ArchivePlace> {
  try {
    await forgetArchives(home);
    const file = chosen ?? (await makeOwnFile(home));
    const writing = await openWriting(file);
    const explained = <Result>(work: Promise<Result>): Promise<Result> => work.catch(rethrowExplained);
    return {
      rules: guessRules(navigator.platform),
      write: (bytes) => explained(writing.write(bytes)),
      close: () => explained(writing.close()),
      abort: async () => {
        await writing.abort().catch(() => undefined); // It is closed already.
        if (chosen === null) await forgetArchives(home);
      },
      read: async () => (chosen === null ? explained(file.getFile()) : null),
    };
  } catch (error) {
    return rethrowExplained(error);
  }
}

/** Takes away what an earlier export has left for the browser's downloads. // EXP-10 */
async function forgetArchives(home: FileSystemDirectoryHandle): Promise<void> {
  await home.removeEntry(exportsFolderName, { recursive: true }).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

async function makeOwnFile(home: FileSystemDirectoryHandle): Promise<FileSystemFileHandle> {
  const folder = await home.getDirectoryHandle(exportsFolderName, { create: true });
  return folder.getFileHandle(ownName, { create: true });
}

interface Writing {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** What a handle of the private file system can do in a worker: the compiler's library of page types does not say it. */
interface WorkerFile {
  createSyncAccessHandle(): Promise<{ write(bytes: Uint8Array): number; flush(): void; close(): void }>;
}

/** A stream, or, in Safari before 26, which has none, the way that databases write. */
async function openWriting(file: FileSystemFileHandle): Promise<Writing> {
  if ('createWritable' in file) {
    const stream = await file.createWritable();
    return {
      // The bytes of an archive are never shared with another thread.
      write: (bytes) => stream.write(bytes as Uint8Array<ArrayBuffer>),
      close: () => stream.close(),
      abort: () => stream.abort(),
    };
  }
  const access = await (file as WorkerFile).createSyncAccessHandle(); // This runs in a worker.
  return {
    write: async (bytes) => {
      if (access.write(bytes) !== bytes.length)
        throw new DataansError('storage-full', 'This browser has no more room.', {
          advice: 'Free up some space, then export again.',
        });
    },
    close: async () => {
      access.flush();
      access.close();
    },
    abort: async () => access.close(),
  };
}

/** An archive is mostly unpacked on the system that it was made on. // EXP-10 */
function guessRules(platform: string): PathRules {
  const isWindows = platform.startsWith('Win');
  const isApple = /^(?:Mac|iP)/.test(platform);
  return {
    names: isWindows ? 'windows' : 'posix',
    foldsCase: isWindows || isApple,
    foldsNormalization: isApple,
    pathBytesMax: isApple ? 1_000 : 4_000,
  };
}

function rethrowExplained(error: unknown): never {
  throw explainOpfsFault(error);
}
