import type { EntityId } from '@dataans/core';
import type { Store } from '../store/store.ts';
import type { FoundEntity, HomeIds } from './home-ids.ts';
import type { HomeRooms } from './home-rooms.ts';
import { createIdShortener } from './shorten-ids.ts';

const allKinds = ['note', 'space', 'file'] as const;

export function createIds(rooms: HomeRooms): HomeIds {
  const findIds = (kind: FoundEntity['kind'], prefix: string, deleted: boolean): readonly EntityId[] =>
    (deleted ? rooms.store.past : rooms.store.entities).findByPrefix(kind, prefix);
  return {
    find: async (prefix, { kinds = allKinds, deleted = false } = {}) => {
      const { store } = rooms;
      return kinds.flatMap((kind) =>
        findIds(kind, prefix.toLowerCase(), deleted).flatMap((id) => describe(store, kind, id)),
      );
    },
    shorten: async (kind, ids, { deleted = false } = {}) =>
      ids.map(createIdShortener((prefix) => findIds(kind, prefix, deleted))),
  };
}

function describe(
  { entities, windows }: Pick<Store, 'entities' | 'windows'>,
  kind: FoundEntity['kind'],
  id: EntityId,
): readonly FoundEntity[] {
  const entity = entities.read(kind, id);
  if (entity === null) return [];
  const { deleted } = entity;
  if (kind !== 'note') return [{ kind, id, deleted, name: entity.value.name }];
  return windows.rows([id]).map((note) => ({ kind, id, deleted, note }));
}
