import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createChance } from '../world/chance.ts';
import { createWorld, type World } from '../world/world.ts';
import type { CrashOptions } from './crash-options.ts';
import { crashDevices } from './device-crashes.ts';
import { crashServer } from './server-crashes.ts';
import { crashSignIn } from './sign-in-crashes.ts';

const help = `Usage: npm run crash -- [--kills N] [--seed S] [--only NAME]

Kills servers and devices with SIGKILL while they work, and proves after each kill that nothing that was
acknowledged is lost and that everything opens as it was left. The same seed makes the same draws; what
the system does meanwhile is its own.

  --kills N    how many kills in all; 500 unless given
  --seed S     any text; drawn and printed unless given
  --only NAME  one of: server, devices, sign-in`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    help: { type: 'boolean' },
  },
});

interface Part {
  /** Of all kills. */
  readonly share: number;
  readonly crash: (world: World, options: CrashOptions) => Promise<unknown>;
}

const parts: Readonly<Record<string, Part>> = {
  server: { share: 0.5, crash: crashServer },
  devices: { share: 0.45, crash: crashDevices },
  'sign-in': { share: 0.05, crash: crashSignIn },
};

const kills = Number(values.kills ?? 500);
const seed = values.seed ?? String(randomInt(2 ** 32));
if (values.help === true) console.log(help);
else if (!Number.isSafeInteger(kills) || (values.only !== undefined && !(values.only in parts))) {
  console.error(help);
  process.exitCode = 2;
} else await crashAll();

async function crashAll(): Promise<void> {
  console.log(`seed ${seed}`);
  for (const [name, { share, crash }] of Object.entries(parts)) {
    if (values.only !== undefined && values.only !== name) continue;
    const count = values.only === undefined ? Math.ceil(kills * share) : kills;
    await inWorld((world) => crash(world, { chance: createChance(seed), kills: count, onKill: tick }), name);
  }
}

async function inWorld(crash: (world: World) => Promise<unknown>, name: string): Promise<void> {
  const cleanUps: (() => Promise<void>)[] = [];
  const world = await createWorld({ after: (cleanUp) => void cleanUps.push(cleanUp) });
  try {
    console.log(`\n${name}: ${JSON.stringify(await crash(world))}`);
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

function tick(): void {
  process.stderr.write('.');
}
