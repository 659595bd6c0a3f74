import { DataansError } from '@dataans/core';
import type { FolderTarget } from '../export/folder-target.ts';
import { createEntitiesAt } from '../history/entities-at.ts';
import { createFilesSource } from '../import/files-source.ts';
import type { FolderSource } from '../import/folder-source.ts';
import type { ExportTarget, HomeFolders, ImportSource } from './home-folders.ts';
import type { HomePlatform } from './home-platform.ts';
import type { HomeRooms } from './home-rooms.ts';

export interface FoldersDependencies {
  readonly rooms: HomeRooms;
  readonly platform: Pick<
    HomePlatform,
    'primitives' | 'clock' | 'shrinkPicture' | 'openSource' | 'openTarget' | 'openArchive'
  >;
}

/** Importing and exporting are loaded when someone does it: a command, and a worker, begins without them. */
export function createFolders({ rooms, platform }: FoldersDependencies): HomeFolders {
  const { primitives, shrinkPicture } = platform;
  return {
    importFrom: (from, { signal: given, onProgress } = {}) =>
      rooms.holding.hold(() =>
        rooms.during(async (signal) => {
          const { importFolder } = await import('../import/import-folder.ts');
          const source = await openSource(platform, from);
          const { entities, facts } = rooms.store;
          const { notebook, files, archiveProof: proof } = rooms.session();
          const told = onProgress === undefined ? {} : { onProgress };
          const dependencies = { entities, notebook, files, primitives, shrinkPicture, proof, facts };
          return importFolder(dependencies, source, { signal, ...told });
        }, given),
      ),
    exportTo: (to, { format, at, onProgress, signal: given }) =>
      rooms.during(async (signal) => {
        const { exportFolder } = await import('../export/export-folder.ts');
        const { entities: current, past } = rooms.store;
        const { files, archiveProof: proof, fetchChunk } = rooms.session();
        const entities = at === undefined ? current : createEntitiesAt(current, past, at);
        const told = onProgress === undefined ? {} : { onProgress };
        const { target, readArchive } = await openTarget(platform, to);
        const options = { format, fetchChunk, signal, ...told };
        const report = await exportFolder({ entities, files, proof }, target, options);
        return { ...report, archive: await readArchive() };
      }, given),
  };
}

type Platform = FoldersDependencies['platform'];

async function openSource(platform: Platform, source: ImportSource): Promise<FolderSource> {
  if (source.kind === 'files') return createFilesSource(source.name, source.files);
  if (source.kind === 'zip') {
    const { openZipSource } = await import('../import/zip-source.ts');
    return openZipSource(source.name, source.archive);
  }
  if (platform.openSource === undefined) throw noDirectories();
  return platform.openSource(source.path);
}

interface OpenedTarget {
  readonly target: FolderTarget;
  readonly readArchive: () => Promise<Blob | null>;
}

async function openTarget(platform: Platform, to: ExportTarget): Promise<OpenedTarget> {
  if (to.kind === 'zip') return openArchive(platform, to.file);
  if (platform.openTarget === undefined) throw noDirectories();
  return { target: await platform.openTarget(to.path), readArchive: async () => null };
}

async function openArchive(platform: Platform, file: FileSystemFileHandle | null): Promise<OpenedTarget> {
  if (platform.openArchive === undefined)
    throw new DataansError('invalid', 'This program writes folders, not archives.', {
      advice: 'Export to a folder instead.',
    });
  const { createZipTarget } = await import('../export/zip-target.ts');
  const place = await platform.openArchive(file);
  return { target: createZipTarget(place, platform.clock.now()), readArchive: place.read };
}

function noDirectories(): DataansError {
  return new DataansError('invalid', 'This program cannot reach folders on this machine.', {
    advice: 'Choose the files instead.',
  });
}
