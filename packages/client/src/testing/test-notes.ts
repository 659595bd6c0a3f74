import { mkdtemp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  bytesToUuid,
  createKeyring,
  decodeOperation,
  openEnvelopes,
  unlockKeyring,
  type LogId,
  type UnlockedKeyring,
} from '@dataans/core';
import { createArchiveProof, type ArchiveProof } from '../export/archive-proof.ts';
import { exportFolder, type ExportOptions, type ExportReport } from '../export/export-folder.ts';
import { createFiles } from '../files/create-files.ts';
import type { Files } from '../files/files.ts';
import type { ImportOptions } from '../import/count-progress.ts';
import { importFolder } from '../import/import-folder.ts';
import type { ImportReport } from '../import/import-report.ts';
import { createNotebook } from '../notebook/create-notebook.ts';
import type { Notebook } from '../notebook/notebook.ts';
import { createStore } from '../store/create-store.ts';
import type { Entities } from '../store/entities.ts';
import type { ReceivedOperation } from '../store/local-log.ts';
import type { Store } from '../store/store.ts';
import { createChunkFolder } from '../node/chunk-folder.ts';
import { openFolderSource } from '../node/folder-source.ts';
import { openFolderTarget } from '../node/folder-target.ts';
import { createNodePrimitives } from '../node/primitives.ts';
import { openSqlite } from '../node/sqlite.ts';

const primitives = createNodePrimitives();
const onlyLog = bytesToUuid<LogId>(new Uint8Array(16));

/** A device of its own, for tests: everything real but the clock and the server. */
export interface TestNotes {
  readonly home: string;
  readonly store: Store;
  readonly entities: Entities;
  readonly notebook: Notebook;
  readonly files: Files;
  readonly keyring: UnlockedKeyring;
  readonly proof: ArchiveProof;
  importFrom(directory: string, options?: ImportOptions): Promise<ImportReport>;
  exportTo(directory: string, options?: Partial<ExportOptions>): Promise<ExportReport>;
  /** Takes over what another device has written since the last time, as a sync does; always the same one. */
  receiveFrom(other: TestNotes): Promise<void>;
}

/** @param keyring of another device of the same account; a new account without it */
export async function openTestNotes(t: TestContext, keyring?: UnlockedKeyring): Promise<TestNotes> {
  const home = await makeFolder(t);
  const store = createStore({
    database: openSqlite(join(home, 'store.sqlite')),
    randomBytes: primitives.randomBytes,
  });
  t.after(() => store.close());
  const unlocked = keyring ?? (await unlockKeyring(primitives, createKeyring(primitives)));
  const chunks = createChunkFolder(join(home, 'chunks'));
  const files = createFiles({ chunks, primitives, readKeyring: async () => unlocked });
  const proof = createArchiveProof(primitives, async () => unlocked);
  let nowMs = 1_700_000_000_000;
  const clock = { now: () => (nowMs += 1) };
  const notebook = createNotebook({ store, primitives, readKeyring: async () => unlocked, clock });
  const { entities } = store;
  return {
    home,
    store,
    entities,
    notebook,
    files,
    keyring: unlocked,
    proof,
    importFrom: async (directory, options) =>
      importFolder(
        { entities, notebook, files, primitives, proof, facts: store.facts },
        await openFolderSource(directory, home),
        options,
      ),
    exportTo: async (directory, options) =>
      exportFolder({ entities, files, proof }, await openFolderTarget(directory, home), {
        format: 'markdown',
        ...options,
      }),
    receiveFrom: async (other) => {
      const known = store.log.cursor()?.seq ?? 0;
      const written = await readOutbox(other);
      const cursor = { log: onlyLog, seq: written.length, chain: new Uint8Array(32) };
      store.log.applyPage(written.slice(known), cursor, clock.now());
    },
  };
}

async function readOutbox({ store, keyring }: TestNotes): Promise<readonly ReceivedOperation[]> {
  const rows = store.log.outbox({ operations: 1_000_000, bytes: 1_000_000_000 });
  const opened = await openEnvelopes(
    primitives,
    keyring,
    rows.map(({ id, envelope }) => ({ id, envelope })),
  );
  return rows.map(({ id, envelope }, index) => {
    const result = opened[index];
    if (result?.ok !== true) throw new TypeError('An envelope of the outbox does not open.');
    const decoded = decodeOperation(result.encoded);
    if (!decoded.ok) throw new TypeError('An operation of the outbox cannot be read.');
    const { encoded } = result;
    return { seq: index + 1, id, envelope, opened: { ok: true, encoded, operation: decoded.operation } };
  });
}

/** An empty folder that goes away with the test. */
export async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-notes-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** Writes files, named by their paths below the folder. */
export async function writeTree(folder: string, tree: Tree): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** All files below the folder with their bytes in base64, by path. */
export async function readTree(folder: string): Promise<Readonly<Record<string, string>>> {
  const tree: Record<string, string> = {};
  const paths = await readdir(folder, { recursive: true });
  for (const path of paths.toSorted()) {
    if ((await stat(join(folder, path))).isFile()) tree[path] = await readFile(join(folder, path), 'base64');
  }
  return tree;
}
