import assert from 'node:assert/strict';
import type { PostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import type { S3Server } from '../../packages/server/src/testing/s3-server.ts';
import type { Chance } from '../world/chance.ts';
import { runProgram } from '../world/program.ts';
import { serverProgram } from '../world/repository.ts';
import { startSeveralServers, type SeveralServers } from '../world/several-servers.ts';
import type { World } from '../world/world.ts';
import { assertHoldsAcknowledged, createReadLog } from './acknowledged-by-server.ts';
import { listenForHeads } from './heard-heads.ts';
import { createServerLedger } from './server-ledger.ts';
import { startServerLoad } from './server-load.ts';

export interface SharedCrashes {
  readonly postgres: PostgresServer;
  readonly bucket: S3Server;
  readonly bucketSettings: Readonly<Record<string, string>>;
  readonly chance: Chance;
  /** How often all that can befall befalls. */
  readonly rounds: number;
}

interface Scene {
  readonly servers: SeveralServers;
  readonly postgres: PostgresServer;
  readonly bucket: S3Server;
  readonly chance: Chance;
}

/** What happens while devices write, and how it ends. */
type Trouble = (scene: Scene) => Promise<() => Promise<void>>;

const database = 'crashes';
const over = (): Promise<void> => Promise.resolve();

const killing = 'a server is killed';

const troubles: Readonly<Record<string, Trouble>> = {
  [killing]: async ({ servers, chance }) => {
    const place = chance.below(servers.addresses().length);
    await servers.kill(place);
    return () => servers.replace(place);
  },
  'the database restarts': async ({ postgres }) => {
    await postgres.restart();
    return over;
  },
  'all connections are cut': ({ servers, postgres }) => {
    servers.gateway.cut();
    postgres.sql(
      'postgres',
      `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '${database}'`,
    );
    return Promise.resolve(over);
  },
  'the bucket is overloaded': ({ bucket }) => {
    bucket.troubles.push(...Array.from({ length: 10 }, () => 503));
    return Promise.resolve(over);
  },
  'the bucket hangs': ({ bucket }) => {
    bucket.troubles.push('hang', 'hang', 'hang');
    return Promise.resolve(() => {
      bucket.troubles.length = 0;
      bucket.letGo();
      return over();
    });
  },
};

/** Lets all of it befall servers that devices write to, and proves each time that any of them has all that was acknowledged. */
export async function crashSeveralServers(
  world: World,
  { postgres, bucket, bucketSettings, chance, rounds }: SharedCrashes,
): Promise<number> {
  const address = `postgres://dataans@127.0.0.1:${postgres.port}/postgres`;
  const servers = await startSeveralServers(
    world,
    { postgres: address, bucket: bucketSettings },
    { database },
  );
  const [ledger, seen] = [createServerLedger(), createReadLog()];
  for (let round = 0; round < rounds; round += 1)
    for (const [what, befall] of Object.entries(troubles)) {
      const listening = await Promise.all(servers.addresses().map(listenForHeads));
      const load = startServerLoad(servers.gateway.address, ledger, chance, { goesOn: true });
      await load.waitForAnswers(10);
      const end = await befall({ servers, postgres, bucket, chance });
      await load.waitForAnswers(20);
      await end();
      await load.waitForAnswers(10);
      load.stop();
      await load.ended;
      for (const one of servers.addresses()) await assertHoldsAcknowledged(one, ledger, seen);
      const told = await Promise.all(listening.map((heads) => heads.hasHeard(seen.seq)));
      // A stream ends with its server, and with nothing else.
      assert.ok(told.filter((hasHeard) => !hasHeard).length <= (what === killing ? 1 : 0), what);
      for (const heads of listening) heads.stop();
    }
  await servers.stop();
  const check = await runProgram(world, [process.execPath, serverProgram, 'check', '--deep'], {
    env: servers.settings,
  });
  assert.equal(check.exitCode, 0, check.stdout + check.stderr);
  return seen.seq;
}
