import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as whenClosed } from 'node:timers/promises';
import { createOpenFolders } from './open-folders.ts';

test('[SRV-113] the folders that were used last stay open, and the others are closed', async () => {
  const { folders, openIds } = setUp(2);
  for (const id of ['a', 'b', 'a', 'c']) await folders.use(id, async () => {});
  await folders.use('a', async () => {});
  await whenClosed();
  assert.deepEqual(openIds().toSorted(), ['a', 'c']);
  assert.deepEqual([...folders.opened()].toSorted(), ['a', 'c']);
});

test('[SRV-113] a folder that is used or pinned is never closed, however many others are', async () => {
  const { folders, openIds, opens } = setUp(1);
  const busy = Promise.withResolvers<void>();
  const working = folders.use('busy', () => busy.promise);
  await folders.use('pinned', async () => {});
  const unpin = folders.pin('pinned');
  for (const id of ['a', 'b', 'c', 'a', 'b', 'c']) await folders.use(id, async () => {});
  await whenClosed();
  assert.deepEqual(openIds().toSorted(), ['busy', 'c', 'pinned']);
  busy.resolve();
  await working;
  unpin();
  await folders.use('a', async () => {});
  await folders.use('a', async () => {});
  await whenClosed();
  assert.deepEqual(openIds(), ['a']);
  assert.equal(opens.get('busy'), 1);
});

test('[SRV-113] a folder is opened once for many calls, and again only when it is closed', async () => {
  const { folders, opens, most } = setUp(0);
  await Promise.all(Array.from({ length: 5 }, () => folders.use('a', async () => {})));
  assert.equal(opens.get('a'), 1);
  await Promise.all([folders.use('a', async () => {}), folders.use('b', async () => {})]);
  await folders.use('a', async () => {});
  assert.deepEqual([opens.get('a'), most()], [3, 1]);
});

test('[SRV-113] a folder that does not open is tried again, and work that fails leaves its folder open', async () => {
  const { folders, opens, failNext } = setUp(1);
  failNext();
  await assert.rejects(
    folders.use('a', async () => {}),
    { message: 'It does not open.' },
  );
  await assert.rejects(
    folders.use('a', async () => {
      throw new Error('It does not work.');
    }),
    { message: 'It does not work.' },
  );
  await folders.use('a', async () => {});
  assert.equal(opens.get('a'), 2);
});

test('[SRV-113] at the end all are closed', async () => {
  const { folders, openIds } = setUp(9);
  for (const id of ['a', 'b']) await folders.use(id, async () => {});
  folders.pin('a');
  await folders.close();
  assert.deepEqual(openIds(), []);
});

function setUp(idleMax: number) {
  const opens = new Map<string, number>();
  const openIds: string[] = [];
  let [fails, most] = [false, 0];
  const open = async (id: string) => {
    opens.set(id, (opens.get(id) ?? 0) + 1);
    if (fails) {
      fails = false;
      throw new Error('It does not open.');
    }
    openIds.push(id);
    most = Math.max(most, openIds.filter((one) => one === id).length);
    return {
      close: async () => {
        await Promise.resolve();
        openIds.splice(openIds.indexOf(id), 1);
      },
    };
  };
  return {
    folders: createOpenFolders(open, idleMax),
    openIds: () => [...openIds],
    opens,
    most: () => most,
    failNext: () => {
      fails = true;
    },
  };
}
