import { DataansError } from '@dataans/core';
import { describeReport } from './describe-report.ts';
import { describeError } from './describe-error.ts';
import type { Drama } from './drama.ts';
import type { Device } from './device.ts';
import { addNote } from './people.ts';
import { calm } from './plan.ts';
import type { World } from './world.ts';

/** Late copies of requests arrive within this time. */
const lateMs = 120_000;
/** Some things are looked after once a day. */
const dayMs = 25 * 60 * 60 * 1_000;
/** Each device syncs this often at most until nothing moves any more. */
const roundsMax = 6;

/** The weather clears, everything runs, and all devices sync until nothing changes any more. */
export async function comeToRest(world: World, drama: Drama): Promise<void> {
  const { scheduler, plan, trace } = world;
  trace.note('world', 'clears up');
  plan.weather = calm;
  await drama.clearUp();
  await scheduler.runFor(lateMs);
  await drama.forked.reveal(drama.devices);
  drama.forked.end();
  // Whoever has been copied finds out by writing.
  for (const device of drama.devices) await writeOnce(world, drama, device);
  for (let round = 1; round <= roundsMax; round += 1) {
    if (round === 2) await scheduler.runFor(dayMs);
    let moved = 0;
    for (const device of drama.devices) moved += await syncInCalm(world, drama, device, round);
    if (moved === 0 && round > 1) break;
    if (round === roundsMax) world.fail(`after ${roundsMax} rounds there is still something to sync`);
  }
  const { requests } = drama.network;
  for (const device of drama.devices) {
    const before = requests();
    await syncInCalm(world, drama, device, Infinity);
    const isWhole = device.use().store.files.incomplete().length === 0;
    if (isWhole && requests() !== before + 1)
      world.fail(`a sync of ${device.name} that has nothing to do takes ${requests() - before} requests`); // SYN-16
  }
  await scheduler.runUntilQuiet(lateMs);
  if (scheduler.pending() > 0) world.fail(`${scheduler.pending()} events wait although everybody is done`);
}

async function writeOnce(world: World, { ledger }: Drama, device: Device): Promise<void> {
  const chance = world.chance.fork(`last words of ${device.name}`);
  const writing = addNote({ world, ledger, chance, device: device.name, process: device.use() });
  await world.scheduler.runUntilSettled(writing);
  await writing;
}

/** Returns how much went to and fro. */
async function syncInCalm(world: World, drama: Drama, device: Device, round: number): Promise<number> {
  const { scheduler, trace } = world;
  const { engine, store } = device.use();
  const syncing = engine.sync();
  try {
    await scheduler.runUntilSettled(syncing);
    const report = await syncing;
    trace.note(device.name, describeReport(report));
    drama.watchfulness.ended(device.name, report, store);
    if (round > 1 && !drama.losses.any())
      for (const problem of report.problems)
        world.fail(`${device.name} meets a problem in calm weather: ${problem.message}`);
    return (
      report.sent +
      report.received +
      report.chunksSent +
      report.chunksReceived +
      (report.healed === null ? 0 : 1)
    );
  } catch (error) {
    trace.note(device.name, describeError(error));
    drama.watchfulness.failed(device.name, error, store);
    if (!(error instanceof DataansError) || round > 2)
      world.fail(`${device.name} cannot sync in calm weather: ${describeError(error)}`);
    return 1;
  }
}
