import type { Primitives } from '@dataans/core';
import { exportFolder } from '../export/export-folder.ts';
import { createEntitiesAt } from '../history/entities-at.ts';
import { importFolder } from '../import/import-folder.ts';
import type { HomeFolders } from './home-folders.ts';
import type { HomeRooms } from './home-rooms.ts';

export function createFolders(rooms: HomeRooms, primitives: Pick<Primitives, 'hash'>): HomeFolders {
  return {
    importFrom: async (source, { signal: given, ...options } = {}) =>
      rooms.during(async (signal) => {
        const { entities, facts } = rooms.store;
        const { notebook, files, archiveProof: proof } = rooms.session();
        const dependencies = { entities, facts, notebook, files, primitives, proof };
        return importFolder(dependencies, source, { ...options, signal });
      }, given),
    exportTo: async (target, { signal: given, at, ...options }) =>
      rooms.during(async (signal) => {
        const { entities: current, past } = rooms.store;
        const { files, archiveProof: proof, fetchChunk } = rooms.session();
        const entities = at === undefined ? current : createEntitiesAt(current, past, at);
        return exportFolder({ entities, files, proof }, target, { ...options, fetchChunk, signal });
      }, given),
  };
}
