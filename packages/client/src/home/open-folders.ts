import { DataansError } from '@dataans/core';
import type { FolderTarget } from '../export/folder-target.ts';
import { createFilesSource } from '../import/files-source.ts';
import type { FolderSource } from '../import/folder-source.ts';
import type { ExportTarget, ImportSource } from './home-folders.ts';
import type { HomePlatform } from './home-platform.ts';

export { createEntitiesAt } from '../history/entities-at.ts';

/** What reaches folders and archives. */
type Platform = Pick<HomePlatform, 'clock' | 'openSource' | 'openTarget' | 'openArchive'>;

export async function openSource(platform: Platform, source: ImportSource): Promise<FolderSource> {
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

export async function openTarget(platform: Platform, to: ExportTarget): Promise<OpenedTarget> {
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
