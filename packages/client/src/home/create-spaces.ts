import { DataansError, type EntityId } from '@dataans/core';
import type { SpaceRow } from '../store/windows/windows.ts';
import type { HomeSpaces } from './home.ts';
import type { HomeRooms } from './home-rooms.ts';

export function createSpaces(rooms: HomeRooms): HomeSpaces {
  const readRow = (id: EntityId): SpaceRow => {
    const row = rooms.store.windows.spaces().find((space) => space.id === id);
    if (row === undefined) throw new DataansError('not-found', 'The space was removed meanwhile.');
    return row;
  };
  return {
    list: async () => rooms.store.windows.spaces(),
    names: async () => rooms.store.windows.spaceNames(),
    add: async ({ name, folder = null, ...appearance }) => {
      const { id } = await rooms.session().notebook.addSpace(name, folder, appearance);
      return readRow(id);
    },
    edit: async (id, change) => rooms.session().notebook.editSpace(id, change),
    remove: async (id) => rooms.session().notebook.removeSpace(id),
    markRead: async (id, upTo) => {
      rooms.store.windows.markRead(id, upTo);
    },
  };
}
