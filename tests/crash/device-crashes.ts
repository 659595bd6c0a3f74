import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../world/chance.ts';
import { assertSameFolders } from '../world/compare-folders.ts';
import { createDevice, joinAccount, makeAccount, type Device } from '../world/device.ts';
import { readStatus } from '../world/listings.ts';
import type { Outcome, Program } from '../world/program.ts';
import { startProxy, type Proxy } from '../world/proxy.ts';
import { startServer, type ServerProcess } from '../world/server.ts';
import type { World } from '../world/world.ts';
import type { CrashOptions } from './crash-options.ts';
import { planAction, sync, watch, type Action } from './device-actions.ts';
import { createExpectedNotes, type ExpectedNotes } from './expected-notes.ts';
import { assertIntactDatabase } from './intact-database.ts';
import { killAfter, waitForChange } from './kill.ts';
import { readShownNotes } from './shown-notes.ts';

export interface DeviceCrashes {
  readonly kills: number;
  readonly commands: number;
  readonly notes: number;
}

/** A command takes about so long, of which the first part is spent before it touches anything. */
const commandMs = 300;
const workMs = 120;
const requestMs = 10;

/**
 * Kills commands of two devices, and their server while they talk to it, and proves each time that the
 * home opens as it is and holds all that a command said it had done; in the end, that both are the same.
 */
export async function crashDevices(world: World, options: CrashOptions): Promise<DeviceCrashes> {
  const { chance, onKill = () => undefined } = options;
  const expected = createExpectedNotes();
  const proxy = await startProxy(world);
  const start = async (): Promise<ServerProcess> => {
    const started = await startServer(world, { env: { DATAANS_PUBLIC_URL: proxy.address } });
    proxy.relayTo(started.address);
    return started;
  };
  let server = await start();
  const device = createDevice(world, 'first');
  const other = createDevice(world, 'second');
  const passphrase = await makeAccount(device, proxy.address);
  await joinAccount(other, proxy.address, passphrase);
  await device.done(['space', 'add', 'Inbox']);
  let shown = await readShownNotes(world, device);
  let [kills, commands] = [0, 0];
  while (kills < options.kills) {
    const taken = new Set<string>();
    const plans = Array.from({ length: chance.between(1, 3) }, () =>
      planAction({ world, chance, expected, shown, taken }),
    );
    const round = await Promise.all(plans);
    const killed = await killRound({ device, other, server, proxy, chance }, round);
    kills += killed.count;
    commands += round.length;
    if (killed.server) server = await start();
    shown = await settle(world, device, expected);
    if (killed.other) await readShownNotes(world, other);
    onKill();
  }
  await assertSameInTheEnd(world, device, other, expected);
  await server.stop();
  assert.equal((await server.operate('check')).exitCode, 0);
  return { kills, commands, notes: shown.versions.size };
}

interface Killed {
  readonly count: number;
  readonly server: boolean;
  readonly other: boolean;
}

interface Players {
  readonly device: Device;
  readonly other: Device;
  readonly server: ServerProcess;
  readonly proxy: Proxy;
  readonly chance: Chance;
}

/** Starts the commands at once and kills one of them, all, a sync, a watch, or the server under a sync. */
async function killRound(players: Players, round: readonly Action[]): Promise<Killed> {
  const { device, server, chance } = players;
  const victim = chance.pick(['one', 'one', 'all', 'sync', 'sync', 'watch', 'other', 'server'] as const);
  const actions = victim === 'server' ? [...round, sync] : round;
  const running = actions.map(({ args }) => device.start(args));
  const victims = findVictims(players, victim, running);
  const delayMs = await waitForMoment(players, victim);
  const killed = await Promise.all(victims.map((program) => killAfter(program, delayMs)));
  for (const [index, program] of running.entries()) {
    const outcome = await program.ended;
    const action = actions[index];
    if (outcome.exitCode === 0) action?.intent?.done();
    else if (!victims.includes(program))
      assertServerGone(outcome, action === sync && victims.includes(server.program));
  }
  return {
    count: killed.filter(Boolean).length,
    server: victim === 'server',
    other: victim === 'other',
  };
}

type Victim = 'one' | 'all' | 'sync' | 'watch' | 'other' | 'server';

function findVictims(
  { device, other, server }: Players,
  victim: Victim,
  running: readonly Program[],
): readonly Program[] {
  switch (victim) {
    case 'one':
      return running.slice(0, 1);
    case 'all':
      return running;
    case 'sync':
      return [device.start(sync.args)];
    case 'watch':
      return [device.start(watch.args)];
    case 'other':
      return [other.start(sync.args)];
    case 'server':
      return [server.program];
  }
}

/** Any moment at all, or soon after something was written or sent: how long still to wait. */
async function waitForMoment(players: Players, victim: Victim): Promise<number> {
  const { device, other, proxy, chance } = players;
  if (chance.happens(1 / 4)) return chance.below(commandMs);
  if (victim === 'one' || victim === 'all' || chance.happens(1 / 4)) {
    await waitForChange(victim === 'other' ? other.home : device.home, commandMs);
    return chance.below(workMs);
  }
  await waitForRequests(proxy, chance.between(1, 4), commandMs);
  return chance.below(requestMs);
}

/** Until so many more have passed; not for long, for there may be nothing to ask. */
async function waitForRequests(proxy: Proxy, count: number, atMostMs: number): Promise<void> {
  const passed = proxy.waitForRequests('', proxy.requests().length + count);
  await Promise.race([passed, pause(atMostMs)]);
}

/** What was not killed is done, or says in a sentence that the server has gone. */
function assertServerGone({ exitCode, stdout, stderr }: Outcome, isGone: boolean): void {
  assert.ok(isGone && (exitCode === 5 || exitCode === 1), `${exitCode}: ${stdout}${stderr}`);
  assert.doesNotMatch(stderr, /^\s+at |This is a bug/m);
}

async function settle(world: World, device: Device, expected: ExpectedNotes) {
  const shown = await readShownNotes(world, device);
  expected.settle(shown.versions);
  assertIntactDatabase(join(device.home, 'store.sqlite'));
  return shown;
}

async function assertSameInTheEnd(
  world: World,
  device: Device,
  other: Device,
  expected: ExpectedNotes,
): Promise<void> {
  const outs: string[] = [];
  for (const each of [device, other]) {
    await each.done(['sync']);
    const { pendingOperations, quarantined, problem } = await readStatus(each);
    assert.deepEqual([pendingOperations, quarantined, problem], [0, 0, null], each.name);
    await settle(world, each, expected);
    const out = join(world.folder, `${each.name} in the end`);
    await each.done(['export', out]);
    outs.push(out);
  }
  await assertSameFolders(world, outs[0] ?? '', outs[1] ?? '');
}
