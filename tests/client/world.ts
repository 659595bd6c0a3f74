import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSecret, type Access, type SyncReport } from '@dataans/client';
import type { EntityId } from '@dataans/core';
import { openHome, type Home, type HomeOptions } from '@dataans/client/node';

const serverMain = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));

export interface ServerProcess {
  readonly address: string;
  readonly data: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const endings = new WeakMap<TestContext, (() => unknown)[]>();

/** Runs when the test has ended; what was begun last ends first. */
export function atEnd(t: TestContext, end: () => unknown): void {
  const known = endings.get(t);
  if (known !== undefined) {
    known.push(end);
    return;
  }
  const list = [end];
  endings.set(t, list);
  t.after(async () => {
    for (const each of list.toReversed()) await each();
  });
}

/** A folder that is gone when the test has ended. */
export async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-client-'));
  atEnd(t, () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The real server in a process of its own; stopped when the test has ended. */
export async function startServer(
  t: TestContext,
  options: {
    readonly data?: string;
    readonly port?: number;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<ServerProcess> {
  const data = options.data ?? (await makeFolder(t));
  const child = spawn(process.execPath, [serverMain, 'start'], {
    env: {
      ...process.env,
      DATAANS_DATA: data,
      DATAANS_PORT: String(options.port ?? 0),
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  atEnd(t, () => stop('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => null)]);
  if (first === null) throw new Error('The server did not start.');
  return { address: String(first[0]), data, stop };
}

export const password = createSecret('correct horse');
export const noAccess: Access = { kind: 'none' };

export async function makeHome(t: TestContext, options: Partial<HomeOptions> = {}): Promise<Home> {
  const home = openHome({ directory: options.directory ?? (await makeFolder(t)), ...options });
  atEnd(t, () => home.close());
  return home;
}

/** A home that is signed in; with a passphrase to the account that was made with it. */
export async function signedIn(
  t: TestContext,
  server: string,
  like?: Home,
  options: Partial<HomeOptions> = {},
): Promise<Home> {
  const home = await makeHome(t, options);
  await home.signIn({
    server,
    password,
    passphrase: like?.profile()?.passphrase ?? null,
    access: noAccess,
    device: like === undefined ? 'Laptop' : 'Phone',
  });
  return home;
}

/** Notes in the home's one space, which is made if need be. */
export async function addNotes(home: Home, count: number): Promise<void> {
  const notebook = await home.notebook();
  const [first] = home.store.entities.spaces();
  const space = first?.space ?? (await notebook.addSpace('Recipes'));
  await notebook.record(() =>
    Array.from({ length: count }, (_, index) => ({
      entity: 'note',
      id: randomUUID() as EntityId, // A random UUID is what an entity id is.
      parents: [],
      deleted: false,
      value: { space: space.id, name: '', text: `note ${index}`, files: [], pinned: false },
    })),
  );
}

export async function sync(home: Home): Promise<SyncReport> {
  return (await home.engine()).sync();
}

export function noteTexts(home: Home): readonly string[] {
  return [...home.store.entities.notes()].map((note) => note.value.text).toSorted();
}
