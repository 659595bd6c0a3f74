import type { Chance } from '../../world/chance.ts';

/**
 * A disk that keeps what was written in memory until it is told to sync: content with the file, names with
 * the folder that holds them. A loss of power takes any part of the rest.
 */
export interface FakeDisk {
  readonly root: FakeFolder;
  /** Writing meets ENOSPC. */
  isFull: boolean;
  /** What was not synced is there, in part, or not at all. */
  losePower(chance: Chance): void;
  /** The same content, all of it on the disk: a copy that was made while nobody wrote. */
  copy(): FakeDisk;
}

export interface FakeFile {
  readonly kind: 'file';
  content: Uint8Array;
  synced: Uint8Array;
}

export interface FakeFolder {
  readonly kind: 'folder';
  entries: Map<string, FakeNode>;
  synced: Map<string, FakeNode>;
}

export type FakeNode = FakeFile | FakeFolder;

export function createFakeDisk(root: FakeFolder = createFolder()): FakeDisk {
  return {
    root,
    isFull: false,
    losePower: (chance) => {
      loseUnsynced(root, chance);
    },
    copy: () => createFakeDisk(copyFolder(root)),
  };
}

export function createFolder(): FakeFolder {
  return { kind: 'folder', entries: new Map(), synced: new Map() };
}

function copyFolder(folder: FakeFolder): FakeFolder {
  const entries = new Map<string, FakeNode>();
  for (const [name, node] of folder.entries)
    entries.set(
      name,
      node.kind === 'folder'
        ? copyFolder(node)
        : { kind: 'file', content: node.content, synced: node.content },
    );
  return { kind: 'folder', entries, synced: new Map(entries) };
}

function loseUnsynced(folder: FakeFolder, chance: Chance): void {
  for (const name of new Set([...folder.entries.keys(), ...folder.synced.keys()])) {
    const [written, synced] = [folder.entries.get(name), folder.synced.get(name)];
    const kept = written === synced || chance.happens(0.5) ? synced : written;
    if (kept === undefined) folder.entries.delete(name);
    else folder.entries.set(name, kept);
  }
  for (const node of folder.entries.values())
    if (node.kind === 'folder') loseUnsynced(node, chance);
    else loseContent(node, chance);
  folder.synced = new Map(folder.entries);
}

function loseContent(file: FakeFile, chance: Chance): void {
  if (file.content !== file.synced) {
    const whole = file.content;
    file.content = chance.pick([
      file.synced,
      whole,
      whole.subarray(0, chance.below(whole.length + 1)),
      new Uint8Array(whole.length),
    ]);
  }
  file.synced = file.content;
}
