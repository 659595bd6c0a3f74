import { after } from 'node:test';
import { testLogPair } from '../../packages/server/src/log/log-pair.contract.ts';
import { testLogStore } from '../../packages/server/src/log/log-store.contract.ts';
import { testTokenStore } from '../../packages/server/src/stores/token-store.contract.ts';
import { requirePostgres, startPostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import { createWorld } from '../world/world.ts';
import { openForTest } from './databases/open-postgres.ts';
import { startPgBouncer, throughPort } from './databases/pgbouncer.ts';

const server = await startPostgresServer(requirePostgres());
after(() => server.stop());
const pooler = await startPgBouncer(await createWorld({ after }), server);

testLogStore('PostgreSQL log through PgBouncer', async (t) => {
  const address = throughPort(await server.makeDatabase(), pooler);
  return (await openForTest(t, address, null)).log;
});

for (const listens of [true, false])
  testLogPair(
    `PostgreSQL log through PgBouncer ${listens ? 'that listens past it' : 'without LISTEN'}`,
    async (t) => {
      const direct = await server.makeDatabase();
      const open = () => openForTest(t, throughPort(direct, pooler), listens ? direct : null);
      return [await open(), await open()];
    },
  );

testTokenStore('PostgreSQL tokens through PgBouncer', async (t) => {
  const address = throughPort(await server.makeDatabase(), pooler);
  return (await openForTest(t, address, null)).tokens;
});
