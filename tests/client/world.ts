import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { createSecret, type Access } from '@dataans/client';
import type { HomePlatform } from '../../packages/client/src/home/home-platform.ts';
import type { SyncReport } from '../../packages/client/src/sync/sync-engine.ts';
import type { EntityId } from '@dataans/core';
import { type HomeOptions } from '@dataans/client/node';
import { afterTest } from '../../packages/server/src/testing/after-test.ts';
import { temporaryFolder } from '../../packages/server/src/testing/temporary-folder.ts';
import {
  startServer as startServerIn,
  type ServerOptions,
  type ServerProcess,
  type TestServer,
} from '../world/server.ts';
import { startServerHere } from '../world/server-here.ts';
import { createQuickPrimitives } from './quick-primitives.ts';
import type { World } from '../world/world.ts';
import { openTestHome, type TestHome } from '../../packages/client/src/testing/test-home.ts';

/** The real server; stopped when the test has ended. */
export async function startServer(t: TestContext, options: ServerOptions = {}): Promise<TestServer> {
  return startServerHere(await worldOf(t), options);
}

/** The same in a process of its own, which can be killed. */
export async function startServerProcess(t: TestContext): Promise<ServerProcess> {
  return startServerIn(await worldOf(t));
}

async function worldOf(t: TestContext): Promise<World> {
  return { folder: await temporaryFolder(t), defer: (cleanUp) => afterTest(t, cleanUp) };
}

export const password = createSecret('correct horse');
export const noAccess: Access = { kind: 'none' };

export async function makeHome(
  t: TestContext,
  options: Partial<HomeOptions> = {},
  changes: Partial<HomePlatform> = {},
): Promise<TestHome> {
  const home = openTestHome(
    { directory: options.directory ?? (await temporaryFolder(t)), ...options },
    { primitives: createQuickPrimitives(), ...changes },
  );
  afterTest(t, () => home.close());
  return home;
}

/** A home that is signed in; with a passphrase to the account that was made with it. */
export async function signedIn(
  t: TestContext,
  server: string,
  like?: TestHome,
  options: Partial<HomeOptions> = {},
  changes: Partial<HomePlatform> = {},
): Promise<TestHome> {
  const home = await makeHome(t, options, changes);
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
export async function addNotes(home: TestHome, count: number): Promise<void> {
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

export async function sync(home: TestHome): Promise<SyncReport> {
  return (await home.engine()).sync();
}

export function noteTexts(home: TestHome): readonly string[] {
  return [...home.store.entities.notes()].map((note) => note.value.text).toSorted();
}
