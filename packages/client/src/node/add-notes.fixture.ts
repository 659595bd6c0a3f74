import { createKeyring, unlockKeyring } from '@dataans/core';
import { createNotebook } from '../notebook/create-notebook.ts';
import { createStore } from '../store/create-store.ts';
import { createSystemClock } from './clock.ts';
import { createNodePrimitives } from './primitives.ts';
import { openSqlite } from './sqlite.ts';

// A process of its own for tests: adds notes to a store, one after another.
const [path = '', count = '0', label = ''] = process.argv.slice(2);
const primitives = createNodePrimitives();
const keyring = await unlockKeyring(primitives, createKeyring(primitives));
const store = createStore({ database: openSqlite(path), randomBytes: primitives.randomBytes });
const notebook = createNotebook({
  store,
  primitives,
  readKeyring: async () => keyring,
  clock: createSystemClock(),
});
const space = await notebook.addSpace(label);
for (let number = 0; number < Number(count); number += 1)
  await notebook.addNote({ space: space.id, name: `${label} ${number}` });
store.close();
