import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHome, type Home } from '@dataans/client';
import { createNodePlatform } from '@dataans/client/node';
import { homeContract } from '../../packages/client/src/testing/home.contract.ts';
import { startServer } from '../world/server.ts';

homeContract('in Node', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dataans-home-'));
  const cleanUps: (() => unknown)[] = [];
  const { address } = await startServer({ folder, defer: (cleanUp) => cleanUps.push(cleanUp) });
  const homes: Home[] = [];
  return {
    server: address,
    open: async () => {
      const home = createHome(createNodePlatform({ directory: join(folder, `device-${homes.length}`) }));
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
