import { uuidToBytes, type OperationId } from '@dataans/core';
import type { Store } from '../../../packages/client/src/store/store.ts';
import { createKeptFindings } from '../../../packages/client/src/findings/kept-findings.ts';
import type { Chance } from '../../world/chance.ts';
import type { Device } from './device.ts';
import type { ServerHost } from './server-host.ts';
import type { World } from './world.ts';

/** A server that shows some devices another log than the others, from some moment on. */
export interface ForkedLog {
  /** Copies the log of the server for some of the devices. Once in a world. */
  begin(devices: readonly Device[], chance: Chance): void;
  /** Who answers this home in the place of the server; `null` where the server does. */
  answersFor(home: string): ServerHost | null;
  /** Lets the last words of a device on one side through to the other one, which must notice by them alone. */
  reveal(devices: readonly Device[]): Promise<void>;
  /** All are shown the server's log again. */
  end(): void;
}

const dayMs = 25 * 60 * 60 * 1_000;

export function createForkedLog(world: World, server: ServerHost, fork: ServerHost): ForkedLog {
  const { scheduler, trace } = world;
  let shown: ReadonlySet<string> | null = null;

  const syncAll = async (devices: readonly Device[]): Promise<void> => {
    for (const device of devices) {
      const syncing = device.use().engine.sync({ witness: true });
      await scheduler.runUntilSettled(syncing);
      await syncing.catch(() => undefined);
    }
  };
  const passOn = async (said: Device, host: ServerHost): Promise<boolean> => {
    const { store } = said.use();
    const id = lastWitness(store);
    const body = id === null ? null : store.log.envelope(id);
    if (id === null || body === null) return false;
    await scheduler.runUntilSettled(
      host.running()?.log.append([{ kind: 'envelope', id: uuidToBytes(id), body }]) ?? Promise.resolve(),
    );
    return true;
  };

  return {
    begin: (devices, chance) => {
      if (shown !== null || server.running() === null) return;
      shown = new Set(devices.filter(() => chance.happens(0.5)).map(({ name }) => name));
      fork.replaceData(server.copyData());
      fork.data().disk.isFull = false;
      void fork.start();
      trace.note('somebody', `shows another log to ${[...shown].join(', ') || 'nobody'}`);
    },
    answersFor: (home) => (shown?.has(home) === true ? fork : null),
    reveal: async (devices) => {
      if (shown === null) return;
      await scheduler.runUntilSettled(fork.start());
      await scheduler.runFor(dayMs);
      const inFork = devices.filter(({ name }) => shown?.has(name) === true);
      const [told] = inFork;
      // What a copy says that has not noticed that it is one, it says for both.
      const said = devices.find(
        (device) => !inFork.includes(device) && idOf(device) !== (told === undefined ? null : idOf(told)),
      );
      if (said === undefined || told === undefined) return;
      // The second time one says what it had said itself, which the other log does not hold.
      await syncAll([said, told, said, told]);
      if (!followTheSame(said, told) || !(await passOn(said, fork))) return;
      trace.note('somebody', `lets ${told.name} hear ${said.name}`);
      await syncAll([told]);
      if (createKeptFindings(told.use().store.facts).of('witness').count === 0)
        world.fail(`${told.name} heard from ${said.name}, and has not noticed that it is shown another log`);
    },
    end: () => {
      if (shown === null) return;
      if (fork.running() !== null) fork.kill({ powerCut: false });
      shown = new Set();
      trace.note('somebody', 'shows the same log to all again');
    },
  };
}

function idOf(device: Device): string {
  return device.use().store.log.writer().device;
}

/** By its name: what is in it is another matter. */
function followTheSame(one: Device, other: Device): boolean {
  const [log, otherLog] = [one, other].map((device) => device.use().store.log.cursor()?.log);
  return log !== undefined && log === otherLog;
}

function lastWitness({ entities, log }: Store): OperationId | null {
  const own = entities.devices().find(({ id }) => String(id) === log.writer().device);
  const revisions = own === undefined ? [] : entities.revisions('device', own.id);
  return revisions.findLast(({ operation }) => operation.value.witness !== undefined)?.id ?? null;
}
