import { bytesToHex, concatBytes, type EntityId } from '@dataans/core';
import { createSecret, sealAttachments } from '@dataans/client';
import { createWebPrimitives, openBrowserHome, type HomeRooms } from '@dataans/client/browser';
import { answerCalls } from './calls.ts';

/** A home in a browser, as the web app will drive it from its page. */
const primitives = createWebPrimitives(crypto);
let home: HomeRooms | null = null;

const calls = {
  open: async (name: string, leaderWaitMs: number | null) => {
    home = await openBrowserHome({ name, leaderWaitMs: leaderWaitMs ?? Infinity });
    return { signedIn: home.isSignedIn(), ...home.store.entities.count() };
  },

  signIn: async (server: string, password: string, passphrase: string | null) => {
    const { account } = await opened().signIn({
      server,
      password: createSecret(password),
      passphrase: passphrase === null ? null : createSecret(passphrase),
      access: { kind: 'none' },
      device: 'A browser',
    });
    return account;
  },

  /** The report, and how long it took. */
  sync: async () => {
    const startedAt = performance.now();
    const report = await opened().session().engine.sync();
    return { ...report, ms: Math.round(performance.now() - startedAt) };
  },

  /** Starts a sync, and leaves it running once this many operations have come. */
  syncUntil: (operations: number) =>
    new Promise<void>((resolve, reject) => {
      const { engine } = opened().session();
      const syncing = engine.sync({
        onProgress: ({ phase, done }) => {
          if (phase === 'receive' && done >= operations) resolve();
        },
      });
      syncing.then(() => {
        reject(new TypeError('The sync was over too soon.'));
      }, reject);
    }),

  /** Keeps in step with the server until a note of this name is here. */
  watchFor: async (name: string) => {
    const { store, session } = opened();
    const found = new AbortController();
    const look = (): void => {
      for (const note of store.entities.notes()) if (note.value.name === name) found.abort();
    };
    await session().engine.watch({ signal: found.signal, onEvent: look });
  },

  count: () => opened().store.entities.count(),

  status: () => opened().status(),

  /** SHA-256 of every imported note by its path: of its text, or of the content of its only file. */
  hashNotes: async () => {
    const { entities } = opened().store;
    const folders = new Map(entities.spaces().map(({ space }) => [space.id, space.value.folder]));
    const hashes: [string, string][] = [];
    for (const { value } of entities.notes()) {
      const folder = folders.get(value.space);
      if (folder === undefined || folder === null) continue;
      const [file] = value.files;
      const content =
        value.text === '' && file !== undefined ? await readFile(file) : new TextEncoder().encode(value.text);
      hashes.push([
        folder === '' ? value.name : `${folder}/${value.name}`,
        bytesToHex(primitives.hash(content)),
      ]);
    }
    return hashes;
  },

  search: (query: string) =>
    opened()
      .store.entities.search(query)
      .map(({ note }) => note.value.name),

  edit: async (name: string, text: string) => {
    const id = findNote(name);
    const note = opened().store.entities.read('note', id);
    if (note === null) throw new TypeError(`There is no note ${name}.`);
    await opened().session().notebook.editNote(note, { text });
    return id;
  },

  attach: async (name: string, fileName: string, content: readonly number[]) => {
    const { store, session } = opened();
    const { files, notebook } = session();
    const attachable = { name: fileName, content: Uint8Array.from(content) };
    const attach = await sealAttachments({ files, primitives }, [attachable]);
    const note = store.entities.read('note', findNote(name));
    if (note === null) throw new TypeError(`There is no note ${name}.`);
    await notebook.editNote(note, { attach });
  },

  readText: (name: string) => opened().store.entities.read('note', findNote(name))?.value.text,

  dataKeys: () => opened().store.facts.read('data-keys'),

  signOut: (erase: boolean) => opened().signOut({ erase }),

  /** As a tab that is closed right after an erase has begun. */
  cutErase: async (name: string) => {
    await opened().close();
    home = null;
    const root = await navigator.storage.getDirectory();
    await root.getFileHandle(`${name}.erasing`, { create: true });
  },

  /** Another tab with a newer version of the program, which has upgraded the key store. */
  upgradeKeyStore: async (name: string) => {
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

  close: async () => {
    await opened().close();
    home = null;
  },
};

answerCalls(calls);

function opened(): HomeRooms {
  if (home === null) throw new TypeError('The home is not open.');
  return home;
}

function findNote(name: string): EntityId {
  for (const note of opened().store.entities.notes()) if (note.value.name === name) return note.id;
  throw new TypeError(`There is no note ${name}.`);
}

async function readFile(id: EntityId): Promise<Uint8Array> {
  const file = opened().store.entities.read('file', id);
  if (file === null) throw new TypeError(`There is no file ${id}.`);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened().session().files.open(file.value)) pieces.push(piece);
  return concatBytes(...pieces);
}
