import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concatBytes, type Primitives } from '@dataans/core';
import { createNodePrimitives } from '../../../packages/client/src/node/primitives.ts';
import { checkEnd } from '../checks/check-end.ts';
import { checkFilesFollow } from '../checks/check-server.ts';
import { unmountAll } from '../disk/mounts.ts';
import { createChance } from '../../world/chance.ts';
import { createScheduler } from '../engine/scheduler.ts';
import { createTrace } from '../engine/trace.ts';
import { createAccount } from './account.ts';
import { comeToRest } from './come-to-rest.ts';
import { createDrama } from './create-drama.ts';
import { drawPlan, unbounded, type PlanBounds, type Trouble } from './plan.ts';
import { createWire } from './wire.ts';
import type { World } from './world.ts';

export interface SeedOptions {
  readonly bounds?: PlanBounds;
  readonly onTraceLine?: (line: string) => void;
}

export interface SeedResult {
  readonly seed: number;
  /** What should not have been; none where the world held. */
  readonly failures: readonly string[];
  /** Of the trace: the same whenever the seed is run with the same options. */
  readonly digest: string;
  readonly steps: number;
  readonly troubles: readonly Trouble[];
  readonly events: number;
  readonly requests: number;
}

/** Databases are files, and files are fast in memory. */
const memoryFolder = '/dev/shm';

/** Lives through the whole world of a seed. */
export async function runSeed(seed: number, options: SeedOptions = {}): Promise<SeedResult> {
  const chance = createChance(String(seed));
  const scheduler = createScheduler(chance.fork('order'));
  const trace = createTrace(scheduler.now, options.onTraceLine);
  const failures: string[] = [];
  const fail = (what: string): void => {
    trace.note('FAILURE', what);
    if (!failures.includes(what)) failures.push(what);
  };
  const plan = drawPlan(chance.fork('plan'), options.bounds ?? unbounded);
  const primitives = seededPrimitives(chance.fork('primitives').bytes);
  let paths = 0;
  const folder = mkdtempSync(join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'dataans-simulation-'));
  const world: World = {
    plan,
    scheduler,
    trace,
    chance,
    primitives,
    account: await createAccount(primitives),
    wire: createWire(fail),
    newPath: (name) => {
      paths += 1;
      return join(folder, `${paths}-${name}.sqlite`);
    },
    fail,
  };
  const drama = createDrama(world, (told) => {
    checkFilesFollow(world, told);
  });
  try {
    await drama.play();
    await comeToRest(world, drama);
    if (failures.length === 0) await checkEnd(world, drama);
  } catch (error) {
    fail(`unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    drama.end();
    unmountAll();
    rmSync(folder, { recursive: true, force: true });
  }
  const { network } = drama;
  return {
    seed,
    failures,
    digest: trace.digest(),
    steps: plan.steps,
    troubles: plan.troubles,
    events: scheduler.events(),
    requests: network.requests(),
  };
}

function seededPrimitives(randomBytes: Primitives['randomBytes']): Primitives {
  const primitives = createNodePrimitives();
  return {
    ...primitives,
    randomBytes,
    // Nobody guesses here, and a fifth of a second for each change is long.
    stretchPassword: (password, salt) =>
      primitives.importDerivationKey(primitives.hash(concatBytes(password, salt))),
  };
}
