import { countBacklinks } from '../linked-notes/count-backlinks.ts';
import type { Clock } from '../platform/clock.ts';
import type { HomeNotes } from './home-notes.ts';
import type { HomeRooms } from './home-rooms.ts';
import { readNote } from './read-note.ts';
import { createNoteWrites } from './write-notes.ts';

export function createNotes(rooms: HomeRooms, clock: Pick<Clock, 'sleep'>): HomeNotes {
  const pause = (): Promise<void> => clock.sleep(0);
  return {
    read: async (id) => readNote(rooms.store.entities, id),
    list: async (query) => rooms.store.entities.noteIds(query),
    rows: async (ids) => rooms.store.windows.rows(ids),
    links: async (id) => {
      const { listLinks } = await import('../linked-notes/list-links.ts');
      return listLinks(rooms.store.entities, id);
    },
    backlinks: async (id) => {
      const { listBacklinks } = await import('../linked-notes/list-backlinks.ts');
      const { entities, mentions, search, windows } = rooms.store;
      search.step();
      return windows.rows(listBacklinks({ entities, mentions }, id));
    },
    tags: async ({ space } = {}) => {
      const { mentions, search } = rooms.store;
      search.step();
      return mentions.tags(space);
    },
    window: async (query) => {
      const { entities, mentions, search, windows } = rooms.store;
      if (query.tag !== undefined) search.step();
      const window = windows.stream(query);
      return { ...window, linkedFrom: await countBacklinks({ entities, mentions }, window.rows) };
    },
    pinned: async (space) => rooms.store.windows.pinned(space),
    days: async (space, zone) => rooms.store.windows.days(space, zone),
    trash: async (query = {}) => rooms.store.windows.trash(query),
    count: async () => rooms.store.entities.count(),
    index: async ({ onProgress } = {}) => {
      rooms.store.search.indexAtOnce(onProgress);
    },
    search: async (query, { signal: given } = {}) =>
      rooms.during((signal) => rooms.store.search.find(query, { pause, signal }), given),
    ...createNoteWrites(rooms),
  };
}
