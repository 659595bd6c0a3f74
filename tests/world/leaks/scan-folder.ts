import { readFile } from 'node:fs/promises';
import { filesBelow } from '../folder-digest.ts';
import type { Leak, Scanner } from './scanner.ts';

export interface FolderLeak extends Leak {
  readonly path: string;
}

export interface ScannedFolder {
  readonly bytes: number;
  readonly leaks: readonly FolderLeak[];
}

/** Looks into every file of a folder, and at the names of the files. */
export async function scanFolder(scanner: Scanner, folder: string): Promise<ScannedFolder> {
  const leaks: FolderLeak[] = [];
  let bytes = 0;
  for (const path of await filesBelow(folder)) {
    const content = await readFile(path);
    bytes += content.length;
    for (const scanned of [content, Buffer.from(path.slice(folder.length))])
      leaks.push(...scanner.scan(scanned).map((leak) => ({ ...leak, path })));
  }
  return { bytes, leaks };
}
