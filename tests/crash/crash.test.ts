import { test } from 'node:test';
import { createChance } from '../world/chance.ts';
import { createWorld } from '../world/world.ts';
import { crashDevices } from './device-crashes.ts';
import { crashServer } from './server-crashes.ts';
import { crashSignIn } from './sign-in-crashes.ts';

// A few kills; `npm run crash` makes as many as are asked for.
const chance = () => createChance('1');

test('[SRV-10] [SRV-16] [SRV-21] a server killed under load keeps all that it acknowledged, and starts again as it is', async (t) => {
  const { operations } = await crashServer(await createWorld(t), { chance: chance(), kills: 8 });
  t.diagnostic(`${operations} operations`);
});

test('[STO-1] [SYN-9] commands killed at any moment leave a home that opens, with all that was done', async (t) => {
  const { commands } = await crashDevices(await createWorld(t), { chance: chance(), kills: 6 });
  t.diagnostic(`${commands} commands`);
});

test('[ACC-4] a sign-in killed at any moment works the next time, with a passphrase that opens the account', async (t) => {
  await crashSignIn(await createWorld(t), { chance: chance(), kills: 1 });
});
