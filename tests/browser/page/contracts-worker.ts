import { openOpfsChunks } from '../../../packages/client/src/browser/opfs-chunks.ts';
import { openOpfsSqlite } from '../../../packages/client/src/browser/opfs-sqlite.ts';
import { createWebPrimitives } from '../../../packages/client/src/browser/web-primitives.ts';
import { localChunksContract } from '../../../packages/client/src/testing/local-chunks.contract.ts';
import { sqlDatabaseContract } from '../../../packages/client/src/testing/sql-database.contract.ts';
import { runVectors } from '../../vectors/run-vectors.ts';
import { answerCalls } from './calls.ts';
import { keyStoreContract } from './key-store.contract.ts';
import { opfsSqliteContract } from './opfs-sqlite.contract.ts';
import { runRegisteredTests } from './registered-tests.ts';

const primitives = createWebPrimitives(crypto);
let places = 0;

sqlDatabaseContract('SQLite on OPFS', makeDatabasePlace, { durable: true });
localChunksContract('on OPFS', primitives, makeChunksPlace);
opfsSqliteContract();
keyStoreContract(primitives);
answerCalls({ runRegisteredTests, runVectors: () => runVectors(primitives) });

async function makeDatabasePlace() {
  const root = await navigator.storage.getDirectory();
  const folder = nextFolder();
  return {
    open: () => openOpfsSqlite(folder),
    remove: () => root.removeEntry(folder, { recursive: true }),
  };
}

async function makeChunksPlace() {
  const root = await navigator.storage.getDirectory();
  const name = nextFolder();
  const folder = await root.getDirectoryHandle(name, { create: true });
  return {
    open: () => openOpfsChunks(folder, primitives),
    damage: async (chunk: string) => {
      const inner = await folder.getDirectoryHandle(chunk.slice(0, 2));
      const file = await (await inner.getFileHandle(chunk)).createWritable();
      await file.write('torn');
      await file.close();
    },
    remove: () => root.removeEntry(name, { recursive: true }),
  };
}

function nextFolder(): string {
  places += 1;
  return `contract-${places}`;
}
