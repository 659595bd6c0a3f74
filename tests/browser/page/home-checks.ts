import { bytesToHex, type EntityId } from '@dataans/core';
import type { Home, NoteRow } from '@dataans/client/web';

/** What a test asks of a home in many calls, or with listeners. Parameters and results are plain values. */
export const homeChecks = {
  findNote,

  /** SHA-256 of every imported note by its path: of its text, or of the content of its only file. */
  hashNotes: async (home: Home) => {
    const folders = new Map((await home.spaces.list()).map(({ id, folder }) => [id, folder]));
    const hashes: [string, string][] = [];
    for await (const row of listNotes(home)) {
      const folder = folders.get(row.space);
      if (folder === undefined || folder === null) continue;
      const path = folder === '' ? row.name : `${folder}/${row.name}`;
      hashes.push([path, await sha256(await readContent(home, row))]);
    }
    return hashes;
  },

  attach: async (home: Home, name: string, fileName: string, content: readonly number[]) => {
    const note = await home.notes.read(await findNote(home, name));
    if (note === null) throw new TypeError(`The note ${name} is gone.`);
    await home.notes.edit(note, { attach: [{ name: fileName, content: Uint8Array.from(content) }] });
  },

  /** Resolves once this many operations have come in a sync, which goes on. */
  syncUntil: (home: Home, operations: number) =>
    new Promise<void>((resolve, reject) => {
      const syncing = home.sync.run({
        onProgress: ({ phase, done }) => {
          if (phase === 'receive' && done >= operations) resolve();
        },
      });
      syncing.then(() => {
        reject(new TypeError('The sync was over too soon.'));
      }, reject);
    }),

  /** Resolves once a note of this name has come without anybody asking for it. */
  untilNote: async (home: Home, name: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = home.live.spaces(() => {
      findNote(home, name).then(
        () => {
          resolve();
        },
        () => undefined,
      );
    });
    await promise;
    stop();
  },

  /** As a tab that is closed right after an erase has begun. */
  cutErase: async (home: Home, name: string) => {
    await home.close();
    const root = await navigator.storage.getDirectory();
    await root.getFileHandle(`${name}.erasing`, { create: true });
  },

  /** Another tab with a newer version of the program, which has upgraded the key store. */
  upgradeKeyStore: async (_: Home, name: string) => {
    const newer = indexedDB.open(name, 1_000);
    await new Promise((resolve) => newer.addEventListener('success', resolve));
    newer.result.close();
  },

  /** Names of what is kept in the origin's private file system. */
  listStorage: async () => {
    const names: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names;
  },

  /** The median time of a call, in milliseconds. */
  timeCalls: async (home: Home, calls: number) => {
    const times: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const startedAt = performance.now();
      await home.account.state();
      times.push(performance.now() - startedAt);
    }
    return times.toSorted((left, right) => left - right)[Math.floor(calls / 2)];
  },
};

async function findNote(home: Home, name: string): Promise<EntityId> {
  for await (const row of listNotes(home)) if (row.name === name) return row.id;
  throw new TypeError(`There is no note ${name}.`);
}

const rowsAtOnce = 500;

async function* listNotes({ notes }: Home): AsyncGenerator<NoteRow> {
  const ids = await notes.list();
  for (let first = 0; first < ids.length; first += rowsAtOnce)
    yield* await notes.rows(ids.slice(first, first + rowsAtOnce));
}

async function readContent(home: Home, { id, beginning, isWhole, files }: NoteRow): Promise<Uint8Array> {
  const [file] = files;
  if (isWhole && beginning === '' && file !== undefined) return home.files.read(file.id);
  const text = isWhole ? beginning : (await home.notes.read(id))?.text;
  return new TextEncoder().encode(text);
}

async function sha256(content: Uint8Array): Promise<string> {
  // It lies in a buffer of its own.
  return bytesToHex(
    new Uint8Array(await crypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>)),
  );
}
