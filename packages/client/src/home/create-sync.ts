import type { DeviceId } from '@dataans/core';
import { acknowledge } from '../status/acknowledge.ts';
import { readStorageCleared } from '../status/storage-cleared.ts';
import type { Store } from '../store/store.ts';
import type { Watching } from './create-watching.ts';
import type { DeviceRow, HomeSync } from './home.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';
import { reportToPlain, tellPlain } from './plain-events.ts';

const never = new AbortController().signal;

export function createSync(
  rooms: HomeRooms,
  watching: Watching,
  platform: Pick<HomePlatform, 'storageUse'>,
): HomeSync {
  return {
    status: async () => ({
      ...rooms.status(),
      ...watching.state(),
      indexing: rooms.store.search.indexing(),
      storageCleared: readStorageCleared(rooms.store.facts),
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
    acknowledge: async (what = 'everything') => {
      acknowledge(rooms.store, what);
    },
    quarantine: async () => [...rooms.store.log.quarantine()],
    forgetQuarantined: async () => rooms.store.log.giveUp(),
    devices: async () => listDevices(rooms.store),
    storageUse: async () => rooms.during(platform.storageUse),
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
