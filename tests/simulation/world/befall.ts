import type { Chance } from '../../world/chance.ts';
import { changeSomePassword } from './change-some-password.ts';
import type { Device, HomeData, Process } from './device.ts';
import { describeReport } from './describe-report.ts';
import type { Drama } from './drama.ts';
import { actSomehow } from './people.ts';
import type { Trouble } from './plan.ts';
import type { ServerData } from './server-host.ts';
import { tamper } from './tamper.ts';
import { trueNowMs, type World } from './world.ts';

const devicesMax = 7;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Scene extends Drama {
  readonly world: World;
  readonly chance: Chance;
  readonly device: Device;
}

/** One thing that can happen. */
interface Deed {
  readonly weight: number;
  /** Only in worlds that have this trouble. */
  readonly trouble?: Trouble;
  readonly happen: (scene: Scene) => void;
}

const deeds: readonly Deed[] = [
  { weight: 20, happen: act },
  { weight: 16, happen: sync },
  { weight: 4, trouble: 'watching', happen: watch },
  { weight: 5, trouble: 'kills', happen: killDevice },
  { weight: 8, trouble: 'clocks', happen: setClock },
  { weight: 3, trouble: 'passwords', happen: changePassword },
  { weight: 3, trouble: 'outages', happen: restartServer },
  { weight: 2, trouble: 'full-disks', happen: fillDisk },
  { weight: 4, trouble: 'restores', happen: backUpServer },
  { weight: 3, trouble: 'restores', happen: restoreServer },
  { weight: 1, trouble: 'wipes', happen: wipeServer },
  { weight: 2, trouble: 'clones', happen: cloneDevice },
  { weight: 2, trouble: 'rollbacks', happen: backUpHome },
  { weight: 2, trouble: 'rollbacks', happen: restoreHome },
  { weight: 2, trouble: 'strangers', happen: misdirect },
  { weight: 4, trouble: 'lies', happen: lie },
  { weight: 1, trouble: 'lies', happen: tamperWithServer },
  { weight: 3, trouble: 'forks', happen: forkLog },
];

/** Lets something happen that chance draws. */
export function befall(world: World, drama: Drama, chance: Chance): void {
  const scene = { ...drama, world, chance, device: chance.pick(drama.devices) };
  const possible = deeds.filter(({ trouble }) => trouble === undefined || world.plan.has(trouble));
  let left = chance.next() * possible.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, happen } of possible) {
    left -= weight;
    if (left < 0) return happen(scene);
  }
  return undefined;
}

function act({ world, ledger, chance, device, background }: Scene): void {
  const own = chance.fork(`act ${chance.next()}`);
  background(device, 'act', (process) =>
    actSomehow({ world, ledger, chance: own, device: device.name, process }),
  );
}

function sync({ world, chance, device, background, watchfulness }: Scene): void {
  const fetchFiles = chance.happens(0.85);
  background(device, 'sync', async (process) => {
    try {
      const report = await process.engine.sync({ fetchFiles });
      world.trace.note(device.name, describeReport(report));
      watchfulness.ended(device.name, report, process.store);
    } catch (error) {
      if (process.life.isAlive()) watchfulness.failed(device.name, error, process.store);
      throw error;
    }
  });
}

function watch({ world, chance, device, background, watchfulness }: Scene): void {
  const lastMs = chance.between(200, 15_000);
  background(device, 'watch', async (process: Process) => {
    const ended = new AbortController();
    world.scheduler.after(lastMs, process.life, () => {
      ended.abort('watched enough');
    });
    await process.engine.watch({
      signal: ended.signal,
      onEvent: (event) => {
        if (event.type === 'synced') watchfulness.ended(device.name, event.report, process.store, true);
        if (event.type === 'disconnected') watchfulness.failed(device.name, event.error, process.store);
      },
    });
  });
}

/** At once, in the middle of what it does a little later, or in the middle of a transaction. */
function killDevice({ world, chance, device, watchfulness }: Scene): void {
  const powerCut = chance.happens(0.4);
  if (chance.happens(0.4)) device.use().endAfter(chance.below(chance.pick([10, 60, 200])));
  else
    world.scheduler.after(chance.pick([0, chance.below(50), chance.below(400)]), null, () => {
      device.kill({ powerCut });
      if (powerCut) watchfulness.forget(device.name);
    });
}

function setClock({ world, chance, device }: Scene): void {
  const sign = chance.pick([-1, 1]);
  // Most that were wrong are put right before long.
  if (device.nowMs() !== trueNowMs(world) && chance.happens(0.6)) return device.setClock(0);
  return device.setClock(
    sign * chance.pick([0, 1, chance.below(minuteMs), chance.below(9 * hourMs), 400 * 24 * hourMs]),
  );
}

function changePassword({ world, device, background }: Scene): void {
  background(device, 'password', (process) => changeSomePassword(world, process));
}

function restartServer(scene: Scene): void {
  replaceServer(scene, () => undefined);
}

/** It is killed, perhaps by a loss of power, and comes back after a while. */
function replaceServer({ world, chance, server, losses }: Scene, change: () => void): void {
  server.kill({ powerCut: chance.happens(0.5) });
  change();
  losses.count();
  world.scheduler.after(chance.pick([1, 1_000, chance.below(minuteMs)]), null, () => void server.start());
}

function fillDisk({ world, chance, server }: Scene): void {
  const { disk } = server.data();
  disk.isFull = true;
  world.trace.note('server', 'has no room left');
  world.scheduler.after(chance.below(minuteMs), null, () => {
    disk.isFull = false;
  });
}

const serverBackups = new WeakMap<Drama['server'], ServerData[]>();

function backUpServer({ world, server }: Scene): void {
  const backups = serverBackups.get(server) ?? [];
  serverBackups.set(server, backups);
  backups.push(server.copyData());
  world.trace.note('server', 'is backed up');
}

function restoreServer(scene: Scene): void {
  const backups = serverBackups.get(scene.server) ?? [];
  if (backups.length === 0) return;
  const backup = scene.chance.pick(backups);
  replaceServer(scene, () => {
    scene.server.replaceData(backup);
    scene.world.trace.note('server', 'is put back to a backup');
  });
}

function wipeServer(scene: Scene): void {
  replaceServer(scene, () => {
    scene.server.replaceData(null);
    scene.world.trace.note('server', 'is wiped');
  });
}

function cloneDevice({ world, devices, device, addDevice }: Scene): void {
  if (devices.length >= devicesMax) return;
  addDevice(device.copyHome());
  world.trace.note(device.name, `is copied to ${devices.at(-1)?.name ?? ''}`);
}

const homeBackups = new WeakMap<Device, HomeData[]>();

function backUpHome({ world, device }: Scene): void {
  const backups = homeBackups.get(device) ?? [];
  homeBackups.set(device, backups);
  backups.push(device.copyHome());
  world.trace.note(device.name, 'is backed up');
}

function restoreHome({ world, chance, device, losses, watchfulness }: Scene): void {
  const backups = homeBackups.get(device) ?? [];
  if (backups.length === 0) return;
  device.replaceHome(chance.pick(backups));
  watchfulness.forget(device.name);
  losses.count();
  world.trace.note(device.name, 'is put back to a backup');
}

function misdirect({ world, chance, server, stranger, answerAs }: Scene): void {
  answerAs(stranger);
  world.scheduler.after(chance.below(minuteMs), null, () => {
    answerAs(server);
  });
}

function lie({ liar, chance }: Scene): void {
  liar.begin(chance);
}

function forkLog({ forked, devices, chance }: Scene): void {
  forked.begin(devices, chance);
}

function tamperWithServer(scene: Scene): void {
  const { world, chance, server, devices, watchfulness } = scene;
  replaceServer(scene, () => {
    const first = tamper(server.data().path, chance);
    if (first === null) return;
    const followers = devices.filter((device) => device.cursorSeq() >= first).map(({ name }) => name);
    watchfulness.tampered(followers);
    world.trace.note(
      'somebody',
      `rewrites the log from entry ${first} on, which ${followers.join(', ')} followed`,
    );
  });
}
