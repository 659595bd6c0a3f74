import { readSpacesAt } from '../history/past-spaces.ts';
import { createPastWindows } from '../history/past-window.ts';
import { createReadAt } from '../history/read-at.ts';
import { readHistory } from '../history/read-history.ts';
import type { Entity } from '../store/entities.ts';
import type { Store } from '../store/store.ts';
import type { HomeHistory, PastSpace } from './home-history.ts';
import type { HomeRooms } from './home-rooms.ts';
import { readNote } from './read-note.ts';

/** Differences and restoring are loaded when someone asks for them. */
export function createHistory(rooms: HomeRooms): HomeHistory {
  let opened: { readonly store: Store; readonly read: ReturnType<typeof createPastWindows> } | null = null;
  const readWindow = (): ReturnType<typeof createPastWindows> => {
    const { store } = rooms;
    if (opened?.store !== store) opened = { store, read: createPastWindows(store) };
    return opened.read;
  };
  return {
    revisions: async (id, kind = 'note') => {
      const { entities, past } = rooms.store;
      return readHistory({ entities, past }, kind, id);
    },
    revision: async (id) => {
      const found = rooms.store.entities.revision(id);
      if (found === null) return null;
      const { entity: kind, value, deleted } = found.operation;
      return { id, kind, value, deleted };
    },
    days: async ({ space = null, zone }) => rooms.store.past.changedDays(space, zone),
    latest: async () => rooms.store.past.latest(),
    difference: async (from, to) => {
      const { readDifference } = await import('../history/read-difference.ts');
      return readDifference(rooms.store.entities, from, to);
    },
    spacesAt: async (moment) => readSpacesAt(rooms.store, moment).map(describeSpace),
    at: async (moment, query) => readWindow()(moment, query),
    noteAt: async (moment, id) => {
      const { entities, past } = rooms.store;
      const read = createReadAt({ entities, past }, moment);
      return readNote({ read, inOneMoment: entities.inOneMoment }, id);
    },
    restore: async (request, { dryRun = false, onProgress, signal: given } = {}) => {
      const { restore } = await import('../history/restore.ts');
      const { entities, past } = rooms.store;
      const { notebook } = rooms.session();
      const told = onProgress === undefined ? {} : { onProgress };
      return rooms.during(
        (signal) => restore({ entities, past, notebook }, request, { dryRun, signal, ...told }),
        given,
      );
    },
  };
}

function describeSpace({ id, value, deleted }: Entity<'space'>): PastSpace {
  const { name, folder, colour = null, icon = null, pinned = false, order = null } = value;
  return { id, name, folder, colour, icon, pinned, order, deleted };
}
