import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHome, type Home } from '@dataans/client';
import { createNodePlatform } from '@dataans/client/node';
import { homeContract } from '../../packages/client/src/testing/home.contract.ts';
import { startServerHere } from '../world/server-here.ts';
import { createQuickPrimitives } from './quick-primitives.ts';

homeContract('in Node', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-home-'));
  const cleanUps: (() => unknown)[] = [];
  const { address } = await startServerHere({ folder, defer: (cleanUp) => cleanUps.push(cleanUp) });
  const homes: Home[] = [];
  return {
    server: address,
    open: async () => {
      const platform = createNodePlatform({ directory: join(folder, `device-${homes.length}`) });
      const home = createHome({ ...platform, primitives: createQuickPrimitives() });
      homes.push(home);
      return home;
    },
    remove: async () => {
      for (const home of homes) await home.close();
      for (const cleanUp of cleanUps.toReversed()) await cleanUp();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

test('[HIS-9] [STO-35] a home in Node takes folders of this machine in, and writes them as they were', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-home-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { address } = await startServerHere({ folder, defer: (cleanUp) => t.after(cleanUp) });
  const home = createHome(createNodePlatform({ directory: join(folder, 'device') }));
  t.after(() => home.close());
  const question = { server: address, access: { kind: 'none' } } as const;
  await home.account.signIn({ ...question, password: 'password', passphrase: null, device: 'Laptop' });
  await mkdir(join(folder, 'Recipes'));
  await writeFile(join(folder, 'Recipes', 'soup.md'), '# Soup');
  await home.folders.importFrom({ kind: 'directory', path: join(folder, 'Recipes') });
  const [space] = await home.spaces.list();
  assert.ok(space !== undefined);
  assert.deepEqual([space.notes, space.unread], [1, 0], 'What somebody brings in is no news to them.');
  const [row] = (await home.notes.window({ space: space.id })).rows;
  assert.ok(row !== undefined);
  const note = await home.notes.read(row.id);
  assert.ok(note !== null);
  const at = note.editedAt;
  while (Date.now() <= at) await new Promise((resolve) => setImmediate(resolve));
  await home.notes.edit(note, { text: '# Stew' });
  const out = { kind: 'directory', path: join(folder, 'out') } as const;
  const then = { kind: 'directory', path: join(folder, 'then') } as const;
  await home.folders.exportTo(out, { format: 'markdown' });
  await home.folders.exportTo(then, { format: 'markdown', at });
  const exported = await Promise.all([out, then].map(({ path }) => readFile(join(path, 'soup.md'), 'utf8')));
  assert.deepEqual(exported, ['# Stew', '# Soup']);
  const stopped = { format: 'json', signal: AbortSignal.abort(new Error('enough')) } as const;
  await assert.rejects(home.folders.exportTo({ ...out, path: join(folder, 'no') }, stopped));
});
