import type { DeviceId } from '@dataans/core';
import { acknowledgeFindings } from '../status/acknowledged.ts';
import { acknowledgeMassDeletion } from '../status/mass-deletion.ts';
import { acknowledgeClockLeftAhead } from '../store/clock-left-ahead.ts';
import type { Store } from '../store/store.ts';
import type { Watching } from './create-watching.ts';
import type { DeviceRow, HomeSync } from './home.ts';
import type { HomeRooms } from './home-rooms.ts';
import { reportToPlain, tellPlain } from './plain-events.ts';

const never = new AbortController().signal;

export function createSync(rooms: HomeRooms, watching: Watching): HomeSync {
  return {
    status: async () => ({
      ...rooms.status(),
      ...watching.state(),
      indexing: rooms.store.search.indexing(),
    }),
    run: async (options = {}) => {
      return reportToPlain(await rooms.session().engine.sync(options));
    },
    watch: async ({ signal = never, onEvent = () => undefined } = {}) =>
      rooms.session().engine.watch({ signal, onEvent: tellPlain(onEvent) }),
    retry: async () => {
      watching.retry();
    },
    verify: async (options = {}) => rooms.session().verify(options),
    acknowledge: async () => {
      const { store } = rooms;
      acknowledgeClockLeftAhead(store.facts);
      acknowledgeMassDeletion(store);
      acknowledgeFindings(store);
    },
    quarantine: async () => [...rooms.store.log.quarantine()],
    forgetQuarantined: async () => rooms.store.log.giveUp(),
    devices: async () => listDevices(rooms.store),
  };
}

function listDevices({ entities, log }: Pick<Store, 'entities' | 'log'>): readonly DeviceRow[] {
  const own = log.writer().device;
  const highest = log.highest();
  return entities.devices().map(({ id: entity, value, editedAt }) => {
    // The entity of a device has its id.
    const id = entity as string as DeviceId;
    return {
      id,
      name: value.name,
      lastHeardAt: editedAt,
      operations: highest[id] ?? 0,
      isThisOne: id === own,
    };
  });
}
