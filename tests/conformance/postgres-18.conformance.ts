import { after } from 'node:test';
import { testLogPair } from '../../packages/server/src/log/log-pair.contract.ts';
import { testLogStore } from '../../packages/server/src/log/log-store.contract.ts';
import { testTokenStore } from '../../packages/server/src/stores/token-store.contract.ts';
import { startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { createWorld } from '../world/world.ts';
import { openForTest } from './databases/open-postgres.ts';
import { installPostgres18 } from './databases/postgres-18.ts';

const server = await startPostgresServer(await installPostgres18(await createWorld({ after })));
after(() => server.stop());

testLogStore('PostgreSQL 18 log', async (t) => (await openForTest(t, await server.makeDatabase())).log);

testLogPair('PostgreSQL 18 log', async (t) => {
  const address = await server.makeDatabase();
  return [await openForTest(t, address), await openForTest(t, address)];
});

testTokenStore(
  'PostgreSQL 18 tokens',
  async (t) => (await openForTest(t, await server.makeDatabase())).tokens,
);
