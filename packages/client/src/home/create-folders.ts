import type { Windows } from '../store/windows/windows.ts';
import type { HomeFolders } from './home-folders.ts';
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
          const { openSource } = await import('./open-folders.ts');
          const source = await openSource(platform, from);
          const { entities, facts } = rooms.store;
          const { notebook, files, archiveProof: proof } = rooms.session();
          const told = onProgress === undefined ? {} : { onProgress };
          const dependencies = { entities, notebook, files, primitives, shrinkPicture, proof, facts };
          const markRead = keepRead(rooms.store.windows);
          const report = await importFolder(dependencies, source, { signal, ...told });
          markRead();
          return report;
        }, given),
      ),
    exportTo: (to, { format, at, onProgress, signal: given }) =>
      rooms.during(async (signal) => {
        const { exportFolder } = await import('../export/export-folder.ts');
        const { entities: current, past } = rooms.store;
        const { files, archiveProof: proof, fetchChunk } = rooms.session();
        const { createEntitiesAt, openTarget } = await import('./open-folders.ts');
        const entities = at === undefined ? current : createEntitiesAt(current, past, at);
        const told = onProgress === undefined ? {} : { onProgress };
        const { target, readArchive } = await openTarget(platform, to);
        const options = { format, fetchChunk, signal, ...told };
        const report = await exportFolder({ entities, files, proof }, target, options);
        return { ...report, archive: await readArchive() };
      }, given),
  };
}

/** What somebody brings in is no news to them; a space that had some has them still. // STO-35 */
function keepRead(windows: Pick<Windows, 'spaces' | 'markRead'>): () => void {
  const listNew = () => windows.spaces().filter(({ unread }) => unread > 0);
  const before = new Set(listNew().map(({ id }) => id));
  return () => {
    for (const { id } of listNew()) if (!before.has(id)) windows.markRead(id, Number.MAX_SAFE_INTEGER);
  };
}
