import { DataansError, utf8ToBytes } from '@dataans/core';
import { EndOfLife } from '../engine/life.ts';
import { befall } from './befall.ts';
import { describeError } from './describe-error.ts';
import { createDevice, type Device, type HomeData } from './device.ts';
import { strangerEntries, type Drama } from './drama.ts';
import { createForkedLog } from './forked-log.ts';
import { createLedger } from './ledger.ts';
import { createLiar } from './liar.ts';
import { createLosses } from './losses.ts';
import { createNetwork } from './network.ts';
import { calm } from './plan.ts';
import { createServerHost, type ServerHost } from './server-host.ts';
import { createWatchfulness } from './watchfulness.ts';
import type { World } from './world.ts';

/** @param onAppended called whenever a server may have stored operations */
export function createDrama(world: World, onAppended: (drama: Drama) => void): Drama {
  const { plan, scheduler, trace } = world;
  const chance = world.chance.fork('drama');
  const ledger = createLedger();
  const server = createServerHost(world, 'server');
  const stranger = createServerHost(world, 'stranger');
  const forked = createForkedLog(world, server, createServerHost(world, 'fork'));
  const liar = createLiar(world);
  let answering = server;
  const devices: Device[] = [];
  const network = createNetwork({
    world,
    liar,
    onAppended: () => {
      onAppended(drama);
    },
    server: (home) => {
      // A device meets a server for the first time by signing in, which a stranger's refuses.
      const isStranger =
        answering === stranger && !devices.some(({ name, cursorSeq }) => name === home && cursorSeq() >= 0);
      return isStranger ? null : (forked.answersFor(home) ?? answering).running();
    },
  });
  const addDevice = (home?: HomeData): void => {
    devices.push(createDevice(world, network, `device-${devices.length + 1}`, home));
  };
  while (devices.length < plan.devices) addDevice();
  const losses = createLosses(ledger, devices, server);
  const watchfulness = createWatchfulness(world, liar, server);

  const drama: Drama = {
    devices,
    server,
    stranger,
    forked,
    network,
    liar,
    ledger,
    losses,
    watchfulness,
    addDevice,
    answerAs: (host) => {
      answering = host;
      trace.note('address', `leads to the ${host === server ? 'server' : 'server of somebody else'}`);
    },
    background: (device, what, work) => {
      const process = device.use();
      trace.note(device.name, `${what} …`);
      void work(process).then(
        () => {
          trace.note(device.name, `${what}: done`);
        },
        (error: unknown) => {
          if (error instanceof EndOfLife || !process.life.isAlive()) return;
          trace.note(device.name, `${what}: ${describeError(error)}`);
          if (!(error instanceof DataansError))
            world.fail(`${what} on ${device.name}: ${describeError(error)}`);
        },
      );
    },
    play: async () => {
      const { weather } = plan;
      plan.weather = calm;
      await scheduler.runUntilSettled(server.start());
      await server
        .running()
        ?.log.putAccount(utf8ToBytes(JSON.stringify(world.account.record)), { kind: 'absent' });
      for (const device of devices) {
        const naming = device.use().notebook.nameDevice(device.name);
        await scheduler.runUntilSettled(naming);
        ledger.acknowledge(device.name, (await naming).operations);
      }
      if (plan.has('strangers')) await setUpStranger(world, stranger);
      plan.weather = weather;
      for (let step = 0; step < plan.steps; step += 1) {
        befall(world, drama, chance);
        await scheduler.runFor(
          chance.pick([0, chance.below(20), chance.below(300), chance.below(3_000), chance.below(60_000)]),
        );
      }
    },
    clearUp: async () => {
      liar.stop();
      answering = server;
      server.data().disk.isFull = false;
      for (const device of devices) device.use().endAfter(Infinity);
      if (watchfulness.hasTampered()) {
        // What somebody has written into a log stays in it: only another server is honest again.
        server.kill({ powerCut: false });
        server.replaceData(null);
        losses.count();
      }
      await scheduler.runUntilSettled(server.start());
    },
    end: () => {
      for (const device of devices) device.kill({ powerCut: false });
      forked.end();
      for (const host of [server, stranger]) if (host.running() !== null) host.kill({ powerCut: false });
    },
  };
  return drama;
}

async function setUpStranger(world: World, stranger: ServerHost): Promise<void> {
  await world.scheduler.runUntilSettled(stranger.start());
  const chance = world.chance.fork('stranger');
  const log = stranger.running()?.log;
  const record = { ...world.account.record, keyring: Buffer.from(chance.bytes(96)).toString('base64url') };
  await log?.putAccount(utf8ToBytes(JSON.stringify(record)), { kind: 'absent' });
  await log?.append(
    Array.from({ length: strangerEntries }, () => ({
      kind: 'envelope',
      id: chance.bytes(16),
      body: chance.bytes(100),
    })),
  );
}
