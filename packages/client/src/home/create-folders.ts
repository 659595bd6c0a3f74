import { DataansError } from '@dataans/core';
import { exportFolder } from '../export/export-folder.ts';
import type { FolderTarget } from '../export/folder-target.ts';
import { createEntitiesAt } from '../history/entities-at.ts';
import { createFilesSource } from '../import/files-source.ts';
import type { FolderSource } from '../import/folder-source.ts';
import { importFolder } from '../import/import-folder.ts';
import type { ExportTarget, HomeFolders, ImportSource } from './home-folders.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

export interface FoldersDependencies {
  readonly rooms: HomeRooms;
  readonly platform: Pick<HomePlatform, 'primitives' | 'openSource' | 'openTarget'>;
}

export function createFolders({ rooms, platform }: FoldersDependencies): HomeFolders {
  const { primitives } = platform;
  return {
    importFrom: (from, { signal: given, onProgress } = {}) =>
      rooms.holding.hold(() =>
        rooms.during(async (signal) => {
          const source = await openSource(platform, from);
          const { entities, facts } = rooms.store;
          const { notebook, files, archiveProof: proof } = rooms.session();
          const told = onProgress === undefined ? {} : { onProgress };
          const dependencies = { entities, notebook, files, primitives, proof, facts };
          return importFolder(dependencies, source, { signal, ...told });
        }, given),
      ),
    exportTo: (to, { format, at, onProgress, signal: given }) =>
      rooms.during(async (signal) => {
        const { entities: current, past } = rooms.store;
        const { files, archiveProof: proof, fetchChunk } = rooms.session();
        const entities = at === undefined ? current : createEntitiesAt(current, past, at);
        const told = onProgress === undefined ? {} : { onProgress };
        const target = await openTarget(platform, to);
        return exportFolder({ entities, files, proof }, target, { format, fetchChunk, signal, ...told });
      }, given),
  };
}

type Platform = FoldersDependencies['platform'];

async function openSource(platform: Platform, source: ImportSource): Promise<FolderSource> {
  if (source.kind === 'files') return createFilesSource(source.name, source.files);
  if (platform.openSource === undefined) throw noDirectories();
  return platform.openSource(source.path);
}

async function openTarget(platform: Platform, { path }: ExportTarget): Promise<FolderTarget> {
  if (platform.openTarget === undefined) throw noDirectories();
  return platform.openTarget(path);
}

function noDirectories(): DataansError {
  return new DataansError('invalid', 'This program cannot reach folders on this machine.', {
    advice: 'Choose the files instead.',
  });
}
