import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from '../world/chance.ts';
import { runProgram, startProgram, type Program } from '../world/program.ts';
import { serverProgram } from '../world/repository.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import type { World } from '../world/world.ts';
import { assertHoldsAcknowledged, createReadLog, type ReadLog } from './acknowledged-by-server.ts';
import type { CrashOptions } from './crash-options.ts';
import { assertIntactDatabase } from './intact-database.ts';
import { killAfter } from './kill.ts';
import { createServerLedger, type ServerLedger } from './server-ledger.ts';
import { startServerLoad } from './server-load.ts';

export interface ServerCrashes {
  readonly kills: number;
  readonly operations: number;
  readonly chunks: number;
}

/** Kills before all that the server keeps is read again, which takes longer the more it is. */
const killsPerCheck = 20;
/** A start takes about so long. */
const startMs = 400;

/** Kills a server that devices write to, again and again, and proves each time that nothing acknowledged is lost. */
export async function crashServer(world: World, options: CrashOptions): Promise<ServerCrashes> {
  const { chance, kills, onKill = () => undefined } = options;
  const dataFolder = join(world.folder, 'server');
  const ledger = createServerLedger();
  const seen = createReadLog();
  for (let killed = 0; killed < kills; killed += 1) {
    if (chance.happens(1 / 5)) await killAtStart(world, dataFolder, chance);
    else {
      const server = await startServer(world, { dataFolder });
      await assertKept(server, ledger, seen);
      await killUnderLoad(server, ledger, chance);
    }
    if (killed % killsPerCheck === killsPerCheck - 1 || killed === kills - 1)
      await assertClean(world, dataFolder);
    onKill();
  }
  const server = await startServer(world, { dataFolder });
  await assertKept(server, ledger, seen);
  await server.stop();
  return { kills, operations: seen.seq, chunks: ledger.chunks.size };
}

async function assertKept(server: ServerProcess, ledger: ServerLedger, seen: ReadLog): Promise<void> {
  assert.deepEqual(readdirSync(join(server.dataFolder, 'incoming')), []); // SRV-16
  await assertHoldsAcknowledged(server.address, ledger, seen);
}

async function killUnderLoad(server: ServerProcess, ledger: ServerLedger, chance: Chance): Promise<void> {
  const load = startServerLoad(server.address, ledger, chance);
  await load.waitForAnswers(chance.below(60));
  assert.ok(await killAfter(server.program, chance.below(30)), 'The server ended by itself.');
  await load.ended;
}

async function killAtStart(world: World, dataFolder: string, chance: Chance): Promise<void> {
  const env = { DATAANS_PORT: '0', DATAANS_DATA: dataFolder };
  const program: Program = startProgram(world, [process.execPath, serverProgram, 'start'], { env });
  assert.ok(await killAfter(program, chance.below(startMs)), (await program.ended).stderr);
}

/** As the kill left it: nothing has opened the folder since. */
async function assertClean(world: World, dataFolder: string): Promise<void> {
  const env = { DATAANS_DATA: dataFolder };
  const checked = await runProgram(world, [process.execPath, serverProgram, 'check'], { env });
  assert.equal(checked.exitCode, 0, checked.stdout + checked.stderr);
  for (const name of ['log.sqlite', 'tokens.sqlite']) assertIntactDatabase(join(dataFolder, name));
}
